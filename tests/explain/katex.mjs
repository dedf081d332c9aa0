// Renders every LaTeX line it is given as the page does; trusts \htmlData alone.
// stdin: {"katex": path, "lines": [latex]}; stdout: [[name, role, value]] of each, or an error.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { katex: path, lines } = JSON.parse(readFileSync(0, "utf8"));
const { default: katex } = await import(pathToFileURL(path).href);

const settings = {
  throwOnError: true,
  trust: ({ command }) => command === "\\htmlData",
  strict: (code) => (code === "htmlExtension" ? "ignore" : "error"),
};

function marks(html) {
  const unescaped = html.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return [...unescaped.matchAll(/<span class="enclosing[^"]*"([^>]*)>/g)].map(([, attributes]) =>
    Object.fromEntries([...attributes.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, k, v]) => [k, v])),
  );
}

const rendered = lines.map((line) => {
  try {
    return { marks: marks(katex.renderToString(line, settings)) };
  } catch (problem) {
    return { problem: `${line}: ${problem.message}` };
  }
});
process.stdout.write(JSON.stringify(rendered));
