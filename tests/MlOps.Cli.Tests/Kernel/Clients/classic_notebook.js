// The classic Notebook in a real browser: what a student does, by mouse and keyboard.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";

const HANG = 60_000;
const WEEK = "week12-monitoring-and-drift.ipynb";
const PALETTE = { blue: [0x00, 0x72, 0xb2], vermilion: [0xd5, 0x5e, 0x00], green: [0x00, 0x9e, 0x73], grey: [0x80, 0x80, 0x80] };
const folder = process.env.KERNEL_TEST_FOLDER;
const pictures = process.env.KERNEL_TEST_PICTURES ?? join(folder, "pictures"); // name a folder to look at them
const notebooks = join(folder, "notebooks");
mkdirSync(pictures, { recursive: true });
mkdirSync(notebooks, { recursive: true });
copyFileSync(join(process.env.MLOPS_ROOT, "notebooks", WEEK), join(notebooks, WEEK));
symlinkSync(join(process.env.MLOPS_ROOT, "datasets"), join(notebooks, "datasets")); // looked for beside the notebook and above

function fail(what) {
  throw new Error(what);
}

async function freePort() {
  const server = createServer();
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

const port = await freePort();
const server = spawn(process.env.PYTHON, ["-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", `--port=${port}`, "--port-retries=0",
  "--NotebookApp.token=", "--NotebookApp.password=", "--MultiKernelManager.default_kernel_name=mlops-csharp", `--notebook-dir=${notebooks}`],
{ stdio: ["ignore", "ignore", "pipe"] });
let said = "";
server.stderr.on("data", data => { said += data; });
for (const deadline = Date.now() + HANG; ;) {
  if (await fetch(`http://127.0.0.1:${port}/api`).then(reply => reply.ok, () => false)) break;
  if (server.exitCode !== null || Date.now() > deadline) fail(`the Notebook did not start: ${said}`);
  await new Promise(done => setTimeout(done, 100));
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
page.setDefaultTimeout(HANG);
page.on("dialog", dialog => dialog.accept());
const lens = await browser.newPage(); // decodes pictures

/** The pixels of a picture: the share that is not background, and the share near each colour of the palette. */
async function look(png) {
  return await lens.evaluate(async ({ base64, palette }) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const [left, top] = [Math.round(image.width * 0.15), Math.round(image.height * 0.25)]; // inside the axes and below the title
    const { data, width, height } = canvas.getImageData(left, top, Math.round(image.width * 0.7), Math.round(image.height * 0.5));
    const seen = { drawn: 0 };
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] < 245 || data[i + 1] < 245 || data[i + 2] < 245) seen.drawn++;
      for (const [name, colour] of Object.entries(palette)) {
        if (colour.every((value, k) => Math.abs(value - data[i + k]) < 24)) seen[name] = (seen[name] ?? 0) + 1;
      }
    }
    return Object.fromEntries(Object.entries(seen).map(([name, n]) => [name, n / (width * height)]));
  }, { base64: png.toString("base64"), palette: PALETTE });
}

async function check(name, body) {
  const began = Date.now();
  let [outcome, detail] = ["passed", ""];
  try {
    await body();
  } catch (error) {
    [outcome, detail] = ["failed", error.stack];
    await page.screenshot({ path: join(pictures, "failed.png") });
  }
  console.log(JSON.stringify({ check: name, outcome, detail, seconds: (Date.now() - began) / 1000 }));
}

const allRan = () => page.waitForFunction(() => {
  const { notebook } = window.Jupyter;
  return !notebook.kernel_busy && notebook.get_cells().every(cell => cell.cell_type !== "code" || cell.input_prompt_number !== "*");
});

/** Types a cell at the end of the notebook; returns its place. */
async function type(code) {
  const index = await page.evaluate(() => {
    const { notebook } = window.Jupyter;
    notebook.insert_cell_at_bottom("code");
    const last = notebook.ncells() - 1;
    notebook.select(last);
    notebook.scroll_to_cell(last, 0);
    notebook.edit_mode();
    notebook.get_cell(last).focus_editor();
    return last;
  });
  await page.keyboard.type(code);
  return index;
}

const cell = index => page.locator("#notebook-container > .cell").nth(index); // an output may hold something of that class, such as a heat map
const prompt = index => page.evaluate(i => window.Jupyter.notebook.get_cell(i).input_prompt_number, index);

async function run(code) {
  const index = await type(code);
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(i => typeof window.Jupyter.notebook.get_cell(i).input_prompt_number === "number", index);
  await allRan();
  return await cell(index).locator(".output").innerText();
}

function has(text, wanted) {
  if (!text.includes(wanted)) fail(`expected "${wanted}" in "${text}"`);
}

await check("week 12 opens with the C# kernel", async () => {
  await page.goto(`http://127.0.0.1:${port}/notebooks/${WEEK}`);
  await page.waitForFunction(() => window.Jupyter?.notebook?.kernel?.is_connected());
  has(await page.locator(".kernel_indicator_name").innerText(), "C#");
});
await check("Run All leaves no cell without a number and no error", async () => {
  await page.evaluate(() => window.Jupyter.notebook.clear_all_output());
  await page.click("#celllink");
  await page.click("#run_all_cells");
  await page.waitForFunction(() => window.Jupyter.notebook.get_cells().filter(cell => cell.cell_type === "code").every(cell => typeof cell.input_prompt_number === "number"));
  await allRan();
  const errors = await page.locator(".output_error").allInnerTexts();
  if (errors.length > 0) fail(errors.join("\n"));
});
await check("every chart of the week is drawn in the colours of the course", async () => {
  const stored = JSON.parse(readFileSync(join(process.env.MLOPS_ROOT, "notebooks", WEEK), "utf8"));
  const expected = stored.cells.flatMap(({ outputs }) => outputs ?? []).filter(({ data }) => data?.["application/vnd.plotly.v1+json"]).length;
  const charts = page.locator(".output_svg > svg, .output_svg > div > svg");
  const found = await charts.count();
  if (found !== expected || expected === 0) fail(`${expected} charts are stored, ${found} are shown`);
  for (let i = 0; i < found; i++) {
    await charts.nth(i).scrollIntoViewIfNeeded();
    const png = await charts.nth(i).screenshot({ path: join(pictures, `chart-${i + 1}.png`) });
    const { drawn, ...colours } = await look(png);
    const coloured = Object.values(colours).reduce((sum, share) => sum + share, 0);
    if (drawn < 0.01 || coloured < 0.002) fail(`chart ${i + 1} is nearly empty: ${JSON.stringify({ drawn, ...colours })}`);
  }
});
await check("the interrupt button ends an endless loop and keeps the variables", async () => {
  const index = await type("while (true) { }");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(i => window.Jupyter.notebook.get_cell(i).input_prompt_number === "*" && window.Jupyter.notebook.kernel_busy, index);
  await page.click('button[data-jupyter-action="jupyter-notebook:interrupt-kernel"]');
  await allRan();
  has(await cell(index).locator(".output_error").innerText(), "nterrupt");
  has(await run("month"), "14");
});
await check("Tab shows the members", async () => {
  await type("loans.");
  await page.keyboard.press("Tab");
  const shown = await page.locator("#complete option, .completions option").allInnerTexts();
  if (shown.length === 0) await page.waitForSelector("#complete option, .completions option");
  const offered = (await page.locator("#complete option, .completions option").allInnerTexts()).map(text => text.trim());
  for (const member of ["Where", "GroupBy", "Numbers"]) if (!offered.includes(member)) fail(`no ${member} among ${offered.join(" ")}`);
  await page.screenshot({ path: join(pictures, "completion.png") });
  await page.keyboard.press("Escape");
});
await check("Shift-Tab shows the documentation", async () => {
  await type("Math.Sqrt(");
  await page.keyboard.press("Shift+Tab");
  const tooltip = page.locator("#tooltip");
  await tooltip.waitFor({ state: "visible" });
  has(await tooltip.innerText(), "square root");
  await page.screenshot({ path: join(pictures, "tooltip.png") });
  await page.keyboard.press("Escape");
});
await check("a question of a cell is answered below it", async () => {
  const index = await type('"Hello, " + Console.ReadLine()');
  await page.keyboard.press("Control+Enter");
  await cell(index).locator("input.raw_input").fill("Ada");
  await page.screenshot({ path: join(pictures, "question.png") });
  await page.keyboard.press("Enter");
  await allRan();
  has(await cell(index).locator(".output").innerText(), "Hello, Ada");
});
await check("the saved notebook holds what was shown", async () => {
  await page.evaluate(() => window.Jupyter.notebook.save_notebook());
  const saved = JSON.parse(readFileSync(join(notebooks, WEEK), "utf8"));
  has(JSON.stringify(saved.cells.at(-1).outputs), "Hello, Ada");
  has(JSON.stringify(saved.metadata.kernelspec), "mlops-csharp");
});
await check("a restart forgets the variables and goes on", async () => {
  await page.evaluate(() => window.Jupyter.notebook.events.one("kernel_ready.Kernel", () => { window.kernelIsReady = true; }));
  await page.click("#kernellink");
  await page.click("#restart_kernel");
  await page.click(".modal-dialog button:has-text('Restart')");
  await page.waitForFunction(() => window.kernelIsReady && !window.Jupyter.notebook.kernel_busy);
  has(await run("month"), "CS0103");
  has(await run("6 * 7"), "42");
});
await browser.close();
server.kill("SIGTERM");
await new Promise(done => (server.exitCode === null ? server.on("exit", done) : done()));
process.exit(0);
