// A second client, independent of Python: zeromq.js, the binding that VS Code uses, with the messages put together here.
import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import * as zmq from "zeromq";

const HANG = 60_000;
const DELIMITER = "<IDS|MSG>";

async function freePort() {
  const server = createServer();
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no ${what} within ${HANG} ms`)), HANG); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function same(actual, expected) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`expected ${e}, got ${a}`);
}

class Client {
  constructor(info) {
    this.info = info;
    this.session = randomUUID();
    const routingId = `js-${this.session}`; // one identity on all three, as VS Code has it
    const at = name => `tcp://${info.ip}:${info[`${name}_port`]}`;
    this.shell = new zmq.Dealer({ routingId });
    this.control = new zmq.Dealer({ routingId });
    this.stdin = new zmq.Dealer({ routingId });
    this.iopub = new zmq.Subscriber();
    this.heartbeat = new zmq.Request();
    for (const name of ["shell", "control", "stdin", "iopub"]) this[name].connect(at(name));
    this.heartbeat.connect(at("hb"));
    this.iopub.subscribe("");
  }

  sign(parts) {
    const hmac = createHmac("sha256", this.info.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  async send(channel, type, content, parent = {}) {
    const id = randomUUID();
    const header = { msg_id: id, session: this.session, username: "js", date: new Date().toISOString(), msg_type: type, version: "5.4" };
    const parts = [header, parent, {}, content].map(part => JSON.stringify(part));
    await this[channel].send([DELIMITER, this.sign(parts), ...parts]);
    return id;
  }

  async receive(channel) {
    const frames = await within(this[channel].receive(), `message on ${channel}`);
    const start = frames.findIndex(frame => frame.toString() === DELIMITER);
    const [signature, ...parts] = frames.slice(start + 1);
    same(signature.toString(), this.sign(parts.slice(0, 4)));
    const [header, parent, metadata, content] = parts.map(part => JSON.parse(part.toString()));
    return { type: header.msg_type, header, parent, metadata, content };
  }

  async reply(channel, request) {
    for (;;) {
      const message = await this.receive(channel);
      if (message.parent.msg_id === request) return message;
    }
  }

  async messages(request) {
    const said = [];
    for (;;) {
      const message = await this.receive("iopub");
      if (message.parent.msg_id !== request) continue;
      said.push(message);
      if (message.type === "status" && message.content.execution_state === "idle") return said;
    }
  }

  execute(code, options = {}) {
    return this.send("shell", "execute_request",
      { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true, ...options });
  }

  async run(code) {
    const request = await this.execute(code);
    return { messages: await this.messages(request), reply: (await this.reply("shell", request)).content };
  }

  async started(request) {
    for (;;) {
      const message = await this.receive("iopub");
      if (message.parent.msg_id === request && message.type === "execute_input") return;
    }
  }

  /** As VS Code does it: ask until a reply and any message on iopub have come. */
  async ready() {
    await this.send("shell", "kernel_info_request", {});
    const reply = await this.receive("shell");
    await this.receive("iopub");
    return reply.content;
  }

  close() {
    for (const name of ["shell", "control", "stdin", "iopub", "heartbeat"]) this[name].close();
  }
}

async function check(name, body) {
  const began = Date.now();
  let [outcome, detail] = ["passed", ""];
  try {
    await body();
  } catch (error) {
    [outcome, detail] = ["failed", error.stack];
  }
  console.log(JSON.stringify({ check: name, outcome, detail, seconds: (Date.now() - began) / 1000 }));
}

const names = ["shell", "iopub", "stdin", "control", "hb"];
const ports = Object.fromEntries(await Promise.all(names.map(async name => [`${name}_port`, await freePort()])));
const info = { transport: "tcp", ip: "127.0.0.1", key: randomUUID(), signature_scheme: "hmac-sha256", kernel_name: process.env.KERNEL_NAME, ...ports };
const file = join(mkdtempSync(join(process.env.KERNEL_TEST_FOLDER, "js-")), "kernel.json");
writeFileSync(file, JSON.stringify(info));
const spec = JSON.parse(readFileSync(join(process.env.JUPYTER_DATA_DIR, "kernels", process.env.KERNEL_NAME, "kernel.json"), "utf8"));
const [program, ...rest] = spec.argv.map(part => part.replace("{connection_file}", file));
const kernel = spawn(program, rest, { env: { ...process.env, ...spec.env }, stdio: ["ignore", "inherit", "inherit"] });
const ended = new Promise(done => kernel.on("exit", (code, signal) => done({ code, signal })));
const client = new Client(info);

await check("kernel_info is answered and something is heard on iopub", async () => {
  const reply = await client.ready();
  same([reply.status, reply.language_info.name], ["ok", "C#"]);
});
await check("a cell prints to both streams and has a value", async () => {
  const { messages, reply } = await client.run('Console.WriteLine("out"); Console.Error.WriteLine("err"); 6 * 7');
  const stream = name => messages.filter(m => m.type === "stream" && m.content.name === name).map(m => m.content.text).join("");
  same([reply.status, stream("stdout"), stream("stderr")], ["ok", "out\n", "err\n"]);
  same(messages.filter(m => m.type === "execute_result").map(m => m.content.data["text/plain"]), ["42"]);
  same([messages[0].content.execution_state, messages.at(-1).content.execution_state], ["busy", "idle"]);
});
await check("text beyond ASCII survives both ways", async () => {
  const { messages } = await client.run('"नमस्ते 😀 \\u0000 é"');
  same(messages.find(m => m.type === "execute_result").content.data["text/plain"], "नमस्ते 😀 \u0000 é");
});
await check("a failed cell names its exception", async () => {
  const { messages, reply } = await client.run('throw new ArgumentException("on purpose");');
  same([reply.status, reply.ename], ["error", "ArgumentException"]);
  same(messages.filter(m => m.type === "error").map(m => m.content.evalue), [reply.evalue]);
});
await check("an endless cell is interrupted and the session kept", async () => {
  await client.run("var kept = 41;");
  const endless = await client.execute("while (true) { }");
  await client.started(endless);
  const interrupt = await client.send("control", "interrupt_request", {});
  same((await client.reply("control", interrupt)).content.status, "ok");
  same((await client.reply("shell", endless)).content.status, "error");
  const { messages } = await client.run("kept + 1");
  same(messages.find(m => m.type === "execute_result").content.data["text/plain"], "42");
});
await check("a question on stdin is answered", async () => {
  const request = await client.execute('"hello " + Console.ReadLine()', { allow_stdin: true });
  const question = await client.receive("stdin");
  same([question.type, question.parent.msg_id, question.content.password], ["input_request", request, false]);
  await client.send("stdin", "input_reply", { value: "Ada", status: "ok" }, question.header);
  same((await client.messages(request)).find(m => m.type === "execute_result").content.data["text/plain"], "hello Ada");
});
await check("the heartbeat beats while a cell runs", async () => {
  const endless = await client.execute("Thread.Sleep(600_000);");
  await client.started(endless);
  await client.heartbeat.send("ping");
  same((await within(client.heartbeat.receive(), "heartbeat")).toString(), "ping");
  await client.send("control", "interrupt_request", {});
  await client.messages(endless);
});
await check("shutdown is answered, and the kernel ends with code 0", async () => {
  const request = await client.send("control", "shutdown_request", { restart: false });
  same((await client.reply("control", request)).content, { status: "ok", restart: false });
  same(await within(ended, "end"), { code: 0, signal: null });
});
kernel.kill("SIGKILL");
client.close();
