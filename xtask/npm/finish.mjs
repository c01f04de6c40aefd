// Makes the page's Wasm and its glue small: `node finish.mjs FOLDER MODULES`, in place.
//
// 1. What the glue does not use is exported no more. Panics trap at once: the profile aborts on a
//    panic anyway, and what the message would be told to is a console that nobody looks at;
//    `public/boot.js` tells the person about the trap.
// 2. wasm-opt's own passes, by its library, until nothing more is won.
// 3. Imports that nothing calls any more leave the glue; the rest and the exports get short names,
//    in both files.
// 4. The glue is minified.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, modules] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'any.js'));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const { default: binaryen } = await load('binaryen');
const { minify } = await load('terser');

const wasmFile = path.join(folder, 'widget_bg.wasm');
const glueFile = path.join(folder, 'widget.js');

const whole = binaryen.readBinary(withoutPaths(readFileSync(wasmFile)));
let glue = readFileSync(glueFile, 'utf8');
for (const { name } of exports(whole)) {
  if (!used(name).test(glue)) whole.removeExport(name);
}
const bare = snipPanics(whole);
const wasm = binaryen.readBinary(optimised(whole));
glue = shorten(wasm, glue);
writeFileSync(wasmFile, wasm.emitBinary());
glue = (await minify(glue, { compress: { passes: 3 }, mangle: true, format: { comments: false } })).code;
writeFileSync(glueFile, `${glue}\n`);
console.log(`${bare} panicking functions made to trap`);

/** Source paths stand in the data for panic messages only: zeros of the same length weigh nothing. */
function withoutPaths(bytes) {
  const path = /(?:\/rustc\/[0-9a-f]{40}|\/rust\/deps|\.\/[\w-]+-\d+\.\d+\.\d+|widget|selfcheck)\/[\w/.-]+?\.rs/g;
  const text = bytes.toString('latin1');
  return Buffer.from(text.replace(path, (found) => '\0'.repeat(found.length)), 'latin1');
}

/** Functions of the standard library that only ever lead to a panic message. */
function snipPanics(module) {
  const hash = '(\\[[0-9a-f]+\\])?';
  const only = [
    `^core${hash}::panicking::`,
    `^core${hash}::(option|result|str|cell|slice)::.*(_fail|_failed|_fail_rt|panic_already\\w*)(\\.\\d+)?$`,
    `^std${hash}::panicking::(panic_handler|panic_with_hook|begin_panic)`,
    `^alloc${hash}::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error)`,
    `^(__rustc${hash}::)?rust_begin_unwind$`,
    '^console_error_panic_hook::hook',
    // Nothing that people read is written by Debug.
    ` as core${hash}::fmt::Debug>::fmt`,
    `core${hash}::fmt::builders::`,
  ].map((pattern) => new RegExp(pattern));
  let count = 0;
  for (const { name } of functions(module).filter((each) => !each.module)) {
    if (only.some((pattern) => pattern.test(name))) {
      binaryen.Function.setBody(module.getFunction(name), module.unreachable());
      count += 1;
    }
  }
  return count;
}

/** Short names for imports and exports; returns the glue that uses them and has no other imports. */
function shorten(module, glue) {
  let next = 0;
  const short = () => `_${(next++).toString(36)}`;
  const replaced = (text, pattern, by) => {
    if (!text.includes(pattern)) throw new Error(`the glue has no ${pattern}`);
    return text.replaceAll(pattern, by);
  };
  const froms = new Map();
  const names = new Map();
  for (const { name, module: from, base, params, results } of functions(module)) {
    if (!from) continue;
    if (!froms.has(from)) froms.set(from, short());
    names.set(base, short());
    module.removeFunction(name);
    module.addFunctionImport(name, froms.get(from), names.get(base), params, results);
  }
  for (const [from, called] of froms) glue = replaced(glue, `"${from}": `, `${called}: `);
  let kept = 0;
  // Every import is a member of one object, indented alike.
  glue = glue.replace(/^ {12}(__wb\w+): function\(.*\n[^]*?^ {12}\}.*\n/gm, (member, name) => {
    if (!names.has(name)) return '';
    kept += 1;
    return member.replace(name, names.get(name));
  });
  if (kept !== names.size) throw new Error(`the glue has ${kept} of ${names.size} imports`);
  for (const { name, kind, value } of exports(module)) {
    const called = short();
    if (kind === binaryen.ExternalFunction) module.addFunctionExport(value, called);
    else if (kind === binaryen.ExternalTable) module.addTableExport(value, called);
    else if (kind === binaryen.ExternalMemory) module.addMemoryExport(value, called);
    else throw new Error(`an export of a kind not thought of: ${name}`);
    module.removeExport(name);
    glue = glue.replaceAll(used(name), `wasm.${called}`);
  }
  // `boot.js` starts it one way only.
  return replaced(glue, 'Object.assign(__wbg_init, { initSync }, exports)', 'Object.assign(__wbg_init, exports)');
}

/** Where the glue speaks of an export. */
function used(name) {
  return new RegExp(`\\bwasm\\.${name}\\b`, 'g');
}

function exports(module) {
  const all = [];
  for (let index = 0; index < module.getNumExports(); index += 1) {
    all.push(binaryen.getExportInfo(module.getExportByIndex(index)));
  }
  return all;
}

function functions(module) {
  const all = [];
  for (let index = 0; index < module.getNumFunctions(); index += 1) {
    all.push(binaryen.getFunctionInfo(module.getFunctionByIndex(index)));
  }
  return all;
}

function optimised(module) {
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  binaryen.setOneCallerInlineMaxSize(20);
  binaryen.setDebugInfo(false);
  // Rust lays the stack first: nothing valid begins below 1024, and memory starts as zeros.
  binaryen.setLowMemoryUnused(true);
  binaryen.setZeroFilledMemory(true);
  let smallest = null;
  for (;;) {
    module.runPasses(['strip-debug', 'strip-producers', 'strip-target-features']);
    module.optimize();
    const bytes = module.emitBinary();
    if (smallest && bytes.length >= smallest.length) return smallest;
    smallest = bytes;
  }
}
