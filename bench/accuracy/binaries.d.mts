export function compileElementary(target: string): Promise<Uint8Array>;
export function runs(binary: Uint8Array): boolean;
