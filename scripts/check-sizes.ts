import { measureBundle } from './bundle-sizes.ts';
import { judgeSizes, sizeTable } from './size-limits.ts';

const lines = judgeSizes(await measureBundle());
console.log(sizeTable(lines));
if (lines.some((line) => !line.ok)) process.exitCode = 1;
