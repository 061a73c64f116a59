/** A file as bytes, for what DuckDB does not look at: whether gzip's are whole, and the first ones. */

import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DataError, unread } from "./failures";

/** More than any line of blanks that a program would write. */
const length = 1024;

/**
 * The file's first bytes, as text and unpacked if it is packed.
 *
 * DuckDB takes packed data that break off for data that end, and checks neither their sum nor their length: those of the
 * whole file are checked here.
 *
 * @throws DataError for a file that is packed and not whole
 */
export async function opening(file: string): Promise<string> {
  try {
    return await (file.toLowerCase().endsWith(".gz") ? unpacked(file) : plain(file));
  } catch (error) {
    throw unread(file, error);
  }
}

async function unpacked(file: string): Promise<string> {
  let first = Buffer.alloc(0);
  try {
    await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        if (first.length < length) first = Buffer.concat([first, chunk.subarray(0, length)]);
      }
    });
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw error;
    throw new DataError(`${file}: expected whole data packed by gzip, got an error unpacking them: ${(error as Error).message}`);
  }
  return first.toString();
}

async function plain(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
