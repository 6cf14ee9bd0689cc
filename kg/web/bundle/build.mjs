// npm ci && npm run build: writes ../static/query.js and, beside it, the licences of everything in it.
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static");
const { metafile } = await build({
  entryPoints: [join(here, "query.js")], outfile: join(out, "query.js"), absWorkingDir: here, bundle: true, minify: true, format: "esm", target: "es2022",
  charset: "utf8", legalComments: "none", metafile: true, splitting: false,
  banner: { js: "// Built from kg/web/bundle by npm run build. The licences of what is in it: query.licenses.txt." },
});
const folder = /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const names = [...new Set(Object.keys(metafile.inputs).map((path) => folder.exec(path)?.[1]).filter(Boolean))].sort();
const notes = names.map((name) => {
  const { name: title, version, license } = JSON.parse(readFileSync(join(here, name, "package.json"), "utf8"));
  const file = readdirSync(join(here, name)).find((entry) => /^licen[cs]e/i.test(entry));
  return `${title} ${version} (${license})\n\n${file ? readFileSync(join(here, name, file), "utf8").trim() : "The package has no text of its licence."}\n`;
});
writeFileSync(join(out, "query.licenses.txt"), notes.join(`\n${"-".repeat(80)}\n\n`));
console.log(`${names.length} packages`);
