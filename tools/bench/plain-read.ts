/** Reads what an audit has to read and does nothing with it: the floor that the audit is measured against. */
import { readdirSync, readFileSync } from 'node:fs';

const pruned = new Set(['bin', 'obj', 'packages', 'node_modules', '.git', '.vs']);
const usual = String.raw`\.(?:csproj|vbproj|fsproj|vcxproj|props|targets|sln|slnx|slnf)$|^packages\.config$|^\.gitignore$`;
const relevant = new RegExp(process.argv[3] ?? usual, 'i');

let fileCount = 0;
let length = 0;
const folders = [process.argv[2] ?? '.'];
for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!pruned.has(entry.name)) {
        folders.push(`${folder}/${entry.name}`);
      }
    } else if (relevant.test(entry.name)) {
      fileCount++;
      length += readFileSync(`${folder}/${entry.name}`, 'utf8').length;
    }
  }
}
console.log(JSON.stringify({ fileCount, length }));
