// Data that nothing refers to any more, because the functions that did are gone: messages of panics
// and tables of Debug. The linker could not know; its map says where each piece of data lies.

/**
 * Zeroes dead pieces of data and packs the memory anew.
 *
 * A piece is alive when a number in the code, or in a living piece, is an address in it or near it:
 * rather too much stays than too little. (Addresses are written from the start of a piece upwards;
 * relocations of a build with `--emit-relocs` show none before its piece.)
 *
 * @param binaryen the library
 * @param {Uint8Array} bytes the optimised module
 * @param {string} map what `wasm-ld -Map` wrote for it
 * @returns {{ bytes: Uint8Array, dropped: number }}
 */
export function withoutDeadData(binaryen, bytes, map) {
  const pieces = piecesOf(map);
  const memory = memoryOf(bytes);
  const [first, last] = [pieces[0].start, pieces.at(-1).end];
  const open = [];
  const reach = (address) => {
    if (address < first - NEAR || address > last + NEAR) return;
    for (const piece of pieces) {
      if (piece.alive || address < piece.start - NEAR || address > piece.end + NEAR) continue;
      piece.alive = true;
      open.push(piece);
    }
  };
  const code = binaryen.readBinary(bytes).emitText().replace(/\(data .*/g, '');
  for (const [, number] of code.matchAll(/(?:i32\.const |offset=)(\d+)/g)) reach(Number(number));
  while (open.length > 0) {
    const { start, end } = open.pop();
    for (let at = start; at + 4 <= end; at += 1) reach(memory.word(at));
  }
  const dead = pieces.filter((piece) => !piece.alive);
  for (const { start, end } of dead) memory.clear(start, end);
  const module = binaryen.readBinary(memory.bytes);
  module.runPasses(['memory-packing']);
  return { bytes: module.emitBinary(), dropped: dead.reduce((sum, { start, end }) => sum + end - start, 0) };
}

/** Bytes before and behind a piece that count as in it. */
const NEAR = 16;

/** The map's pieces of data, in order: lines of address, place, size, and `file:(.rodata.name)`. */
function piecesOf(map) {
  const pieces = [];
  for (const line of map.split('\n')) {
    const [address, , size, from] = line.trim().split(/\s+/);
    if (!/:\(\.(ro)?data\b/.test(from ?? '')) continue;
    const start = parseInt(address, 16);
    pieces.push({ start, end: start + parseInt(size, 16), alive: false });
  }
  if (pieces.length === 0) throw new Error("the linker's map names no data");
  return pieces.sort((one, other) => one.start - other.start);
}

/** The initial memory inside a module. */
function memoryOf(module) {
  const bytes = Buffer.from(module);
  const segments = [];
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = number() + at;
    if (section === 11) {
      for (let left = number(); left > 0; left -= 1) {
        // Active, in the first memory, at `i32.const`.
        if (number() !== 0 || bytes[at++] !== 0x41) throw new Error('a data segment of another kind');
        const address = number();
        at += 1;
        const size = number();
        segments.push({ address, end: address + size, offset: at - address });
        at += size;
      }
    }
    at = end;
  }
  const place = (address) => {
    const segment = segments.find((each) => address >= each.address && address < each.end);
    return segment ? address + segment.offset : -1;
  };
  return {
    bytes,
    word: (address) => [3, 2, 1, 0].reduce((sum, byte) => sum * 256 + (bytes[place(address + byte)] ?? 0), 0),
    clear(from, to) {
      for (let address = from; address < to; address += 1) {
        const found = place(address);
        if (found >= 0) bytes[found] = 0;
      }
    },
  };
}
