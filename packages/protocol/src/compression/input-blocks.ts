/** `input` in pieces of `blockBytes`, the last one shorter; views, not copies. */
export function inputBlocks(input: Buffer, blockBytes: number): Buffer[] {
  const blocks: Buffer[] = [];
  for (let start = 0; start < input.length; start += blockBytes) {
    blocks.push(input.subarray(start, start + blockBytes));
  }
  return blocks;
}
