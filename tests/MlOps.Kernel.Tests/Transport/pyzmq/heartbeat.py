"""A REQ and a DEALER at the heartbeat. Arguments: address."""
import sys

import zmq

context = zmq.Context()
request = context.socket(zmq.REQ)
request.linger = 0
request.rcvtimeo = 60_000
request.connect(sys.argv[1])
for i in range(200):
    request.send(b"ping %d" % i)
    assert request.recv() == b"ping %d" % i
request.send_multipart([b"a", b"", b"b"])
assert request.recv_multipart() == [b"a", b"", b"b"]

dealer = context.socket(zmq.DEALER)
dealer.linger = 0
dealer.rcvtimeo = 60_000
dealer.connect(sys.argv[1])
dealer.send_multipart([b"", b"ping"])
assert dealer.recv_multipart() == [b"", b"ping"]

context.destroy(linger=0)
print("ok")
