import { build } from "esbuild";
import { inlineWasm, machineSuffixes, specialize } from "./plugins.mjs";
await build({bundle:true,format:"esm",target:"es2022",platform:"neutral",mainFields:["module","main"],external:["@assemblyscript/loader"],resolveExtensions:machineSuffixes,plugins:[inlineWasm(),specialize()],legalComments:"none",entryPoints:{index:"src/index.ts"},outdir:process.argv[2]??"dist"});
