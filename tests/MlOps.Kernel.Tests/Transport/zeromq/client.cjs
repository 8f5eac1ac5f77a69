// Dealer, Request and Subscriber of zeromq.js. Arguments: addresses of a router that echoes, a heartbeat, and a publisher that greets
// with [topic, "welcome"] and publishes what "publish" asks the router for.
const assert = require("node:assert");
const { randomBytes } = require("node:crypto");
const zmq = require("zeromq");

const [routerAddress, heartbeatAddress, publisherAddress] = process.argv.slice(2);
const options = { linger: 0, receiveTimeout: 60000 };
const texts = (frames) => frames.map((frame) => frame.toString());

async function main() {
  const named = new zmq.Dealer({ ...options, routingId: "editor" });
  const unnamed = new zmq.Dealer(options);
  for (const dealer of [named, unnamed]) {
    dealer.connect(routerAddress);
    const messages = [["x"], [""], ["", "", ""], [Buffer.alloc(255)], [Buffer.alloc(256)], [randomBytes(1 << 20)], Array(100).fill("frame")];
    for (const message of messages) {
      await dealer.send(message);
      const back = await dealer.receive();
      assert.deepStrictEqual(back, message.map((frame) => Buffer.from(frame)));
    }
  }
  const large = randomBytes(50_000_000);
  await named.send(["head", large]);
  const [head, body] = await named.receive();
  assert.ok(head.toString() === "head" && body.equals(large), "50 MB came back changed");

  const request = new zmq.Request(options);
  request.connect(heartbeatAddress);
  for (let i = 0; i < 50; i++) {
    await request.send(`ping ${i}`);
    assert.deepStrictEqual(texts(await request.receive()), [`ping ${i}`]);
  }

  const subscriber = new zmq.Subscriber(options);
  subscriber.connect(publisherAddress);
  subscriber.subscribe("status");
  assert.deepStrictEqual(texts(await subscriber.receive()), ["status", "welcome"]);
  const publish = async (...message) => {
    await named.send(["publish", ...message]);
    await named.receive();
  };
  await publish("stream", "not wanted");
  await publish("status.idle", "1", "");
  assert.deepStrictEqual(texts(await subscriber.receive()), ["status.idle", "1", ""]);
  subscriber.unsubscribe("status");
  subscriber.subscribe(); // everything
  assert.deepStrictEqual(texts(await subscriber.receive()), ["", "welcome"]);
  await publish("stream", "2");
  assert.deepStrictEqual(texts(await subscriber.receive()), ["stream", "2"]);

  [named, unnamed, request, subscriber].forEach((socket) => socket.close());
  console.log("ok");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
