"""A SUB that does what it is told on stdin, a line at a time. Arguments: address, receive high-water mark.

subscribe TOPIC | unsubscribe TOPIC: changes a subscription ("subscribe" alone: everything)
receive: prints the frames of the next message, joined by "|"
count TOPIC: receives until a message of that topic, prints how many came before it and whether their numbers rise
end: leaves
"""
import sys

import zmq

context = zmq.Context()
socket = context.socket(zmq.SUB)
socket.linger = 0
socket.rcvtimeo = 60_000
socket.rcvhwm = int(sys.argv[2])
socket.connect(sys.argv[1])
for line in sys.stdin:
    verb, _, topic = line.rstrip("\n").partition(" ")
    if verb == "subscribe":
        socket.subscribe(topic)
    elif verb == "unsubscribe":
        socket.unsubscribe(topic)
    elif verb == "receive":
        print("|".join(frame.decode() for frame in socket.recv_multipart()), flush=True)
    elif verb == "count":
        numbers = []
        while (frames := socket.recv_multipart())[0] != topic.encode():
            assert len(frames) == 3 and len(frames[2]) == 10_000, "a torn message"
            numbers.append(int(frames[1]))
        print(len(numbers), "rising" if numbers == sorted(set(numbers)) else "out of order", flush=True)
    else:
        break
context.destroy(linger=0)
