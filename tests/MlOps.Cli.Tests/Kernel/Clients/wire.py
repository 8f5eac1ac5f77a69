"""Messages that no client should send, signed and put on the wire by hand with pyzmq."""
import hashlib
import hmac
import json
import random
import socket
import uuid

import cells
import zmq
from kernel_case import HANG, KernelCase

DELIMITER = b"<IDS|MSG>"


class Wire(KernelCase):
    def setUp(self):
        with open(self.manager.connection_file, encoding="utf-8") as file:
            self.info = json.load(file)
        self.context = zmq.Context()
        self.sockets = {name: self.dealer(name) for name in ("shell", "control", "stdin")}

    def tearDown(self):
        self.context.destroy(linger=0)

    def dealer(self, name):
        socket = self.context.socket(zmq.DEALER)
        socket.connect(f"tcp://{self.info['ip']}:{self.info[name + '_port']}")
        return socket

    def sign(self, parts):
        return hmac.new(self.info["key"].encode(), b"".join(parts), hashlib.sha256).hexdigest().encode()

    def frames(self, kind, content, signature=None, **header):
        parts = [json.dumps(part).encode() for part in (self.header(kind, **header), {}, {}, content)]
        return [DELIMITER, self.sign(parts) if signature is None else signature, *parts]

    @staticmethod
    def header(kind, **changed):
        return {"msg_id": uuid.uuid4().hex, "session": "by-hand", "username": "u", "date": "2026-11-21T10:00:00Z",
                "msg_type": kind, "version": "5.4", **changed}

    @staticmethod
    def execute(code):
        return {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": False}

    def receive(self, channel="shell", timeout=HANG):
        """The next reply on a channel as (type, content); its signature must be right."""
        socket = self.sockets[channel]
        self.assertTrue(socket.poll(timeout * 1000), f"no reply on {channel}")
        frames = socket.recv_multipart()
        _, signature, *parts = frames[frames.index(DELIMITER):]
        self.assertEqual(signature, self.sign(parts[:4]))
        return json.loads(parts[0])["msg_type"], json.loads(parts[3])

    def answers(self, channel="shell"):
        """The kernel answers a sound request; replies to what was sent before it may come first."""
        self.sockets[channel].send_multipart(self.frames("kernel_info_request", {}))
        while self.receive(channel)[0] != "kernel_info_reply":
            pass

    # One wrong thing at a time

    def test_message_with_a_wrong_signature_is_dropped(self):
        self.ok(cells.COUNTER)
        for signature in (b"", b"0" * 64, b"\xff\xfe", b"0" * 100_000):
            self.sockets["shell"].send_multipart(self.frames("execute_request", self.execute(cells.COUNT_UP), signature))
        self.answers()
        self.assertEqual(self.ok(cells.COUNT).value, "0")

    def test_replayed_message_is_dropped(self):
        self.ok(cells.COUNTER)
        request = self.frames("execute_request", self.execute(cells.COUNT_UP))
        for _ in range(3):
            self.sockets["shell"].send_multipart(request)
        other = self.dealer("shell")  # another connection does not make it new
        other.send_multipart(request)
        self.answers()
        self.assertEqual(self.ok(cells.COUNT).value, "1")

    def test_message_in_the_wrong_frames_is_dropped(self):
        sound = self.frames("kernel_info_request", {})
        for frames in ([b""], [DELIMITER], [DELIMITER] * 50, sound[1:], sound[:2], sound[:5], [b"x" * 300] * 20, [b"a", *sound[:3]]):
            for channel in self.sockets:
                self.sockets[channel].send_multipart(frames)
        self.answers()
        self.answers("control")

    def test_signed_nonsense_is_dropped(self):
        for part in (b"", b"{", b"[]", b"null", b"7", b'"text"', b"\xff\xfe\x00", b"{" * 5_000, b'{"msg_type": 7}', b'{"msg_type": null, "msg_id": {}}',
                     b'{"a":1}' * 1000, b'{"\\ud800": "\\udfff"}'):
            for place in range(4):
                parts = [json.dumps(part_).encode() for part_ in (self.header("kernel_info_request"), {}, {}, {})]
                parts[place] = part
                for channel in ("shell", "control"):
                    self.sockets[channel].send_multipart([DELIMITER, self.sign(parts), *parts])
        self.answers()
        self.answers("control")
        self.still_works()

    def test_contents_of_the_wrong_types_get_an_end(self):
        odd = [None, 7, -1, 1e300, "x", [], {}, True, [[]], {"code": 1}, "\ud83d\ude00"]
        kinds = {
            "execute_request": ("code", "silent", "store_history", "user_expressions", "allow_stdin", "stop_on_error"),
            "complete_request": ("code", "cursor_pos"), "inspect_request": ("code", "cursor_pos", "detail_level"),
            "is_complete_request": ("code",), "history_request": ("hist_access_type", "n", "pattern", "session", "start", "stop", "output", "unique"),
            "comm_info_request": ("target_name",), "comm_open": ("comm_id", "target_name", "data"), "comm_msg": ("comm_id", "data"), "comm_close": ("comm_id",)}
        for kind, keys in kinds.items():
            for key in keys:
                for value in odd:
                    self.sockets["shell"].send_multipart(self.frames(kind, {**self.execute("1"), key: value}))
        self.answers()
        self.still_works()

    def test_unknown_requests_are_passed_over(self):
        for channel in ("shell", "control"):
            for kind in ("nonsense_request", "", "kernel_info_reply", "status", "shutdown", "debug_request", "usage_request"):
                self.sockets[channel].send_multipart(self.frames(kind, {}))
            self.answers(channel)
        self.still_works()

    def test_answer_to_no_question_is_passed_over(self):
        for content in ({"value": "x"}, {}, {"value": 7}, []):
            self.sockets["stdin"].send_multipart(self.frames("input_reply", content))
        self.still_works()

    def test_foreign_speech_on_a_port_closes_that_connection_only(self):
        for name in ("shell", "iopub", "stdin", "control", "hb"):
            for said in (b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 200, b"\xff" * 200, b"\xff" + b"\x00" * 8 + b"\x7f\x03\x00PLAIN" + b"\x00" * 47):
                with socket.create_connection((self.info["ip"], self.info[name + "_port"])) as raw:
                    raw.sendall(said)
        self.answers()
        self.still_works()

    # Ten thousand

    def test_ten_thousand_mutated_messages_leave_a_kernel_that_answers(self):
        random_source = random.Random(20261121)
        for batch in range(20):
            for _ in range(500):
                channel = random_source.choice(("shell", "shell", "control", "stdin"))
                self.sockets[channel].send_multipart(self.mutated(random_source))
            self.drain()
            self.answers()
            self.answers("control")
        self.still_works()

    def drain(self):
        for socket in self.sockets.values():
            while socket.poll(0):
                socket.recv_multipart()

    def mutated(self, random_source):
        """A request with up to three things changed; mostly signed, so that it gets as far as it can."""
        kind = random_source.choice(("kernel_info_request", "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request",
                                     "comm_info_request", "comm_open", "comm_msg", "comm_close", "interrupt_request", "input_reply", "connect_request", "x"))
        content = {**self.execute(random_source.choice(("", "1", "1 +", "nowhere", "\u0000"))), "cursor_pos": random_source.randint(-2, 9), "detail_level": 0,
                   "hist_access_type": random_source.choice(("tail", "range", "search", "x")), "n": random_source.randint(-2, 5), "pattern": "*", "session": 0,
                   "start": 0, "stop": 9, "output": True, "raw": True, "comm_id": "c", "target_name": "t", "data": {}, "value": "v"}
        parts = [self.header(kind), {}, {}, content]
        for _ in range(random_source.randint(0, 3)):
            part = random_source.choice(parts)
            key = random_source.choice(sorted(part) or ["new"])
            part[key] = random_source.choice((None, 0, -1, 2**70, 1.5, "", "x" * 300, [], {}, [part.get(key)], {"deep": {"er": [1]}}, False, "\udc00"))
        encoded = [json.dumps(part).encode() for part in parts]
        if random_source.random() < 0.2:
            place = random_source.randrange(4)
            data = bytearray(encoded[place])
            for _ in range(random_source.randint(1, 4)):
                data[random_source.randrange(len(data))] = random_source.randrange(256)
            encoded[place] = bytes(data[:random_source.randint(1, len(data))])
        frames = [DELIMITER, self.sign(encoded), *encoded]
        if random_source.random() < 0.1:
            random_source.choice((frames.pop, frames.reverse, lambda: frames.insert(0, b"\x00id"), lambda: frames.append(b"buffer"), lambda: frames.insert(3, b"")))()
        return frames
