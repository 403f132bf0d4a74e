"""A gRPC client that shares no code with Fairway: runs one scenario against TARGET and prints one line of JSON."""
import json
import sys
import time

import grpc

RAW = dict(request_serializer=None, response_deserializer=None)  # messages are bytes, as they are on the wire


def text(value):
    """StringValue{value} by hand: field 1, length-delimited, up to 127 bytes."""
    return bytes([0x0A, len(value)]) + value.encode()


def number(value):
    """Int32Value{value} by hand: field 1, varint."""
    octets = [0x08]
    while value > 0x7F:
        octets.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(octets + [value])


def failure(error):
    return [error.code().name, error.details()]


def unary(channel, method, request, **options):
    try:
        return channel.unary_unary("/test.Foreign/" + method, **RAW)(request, timeout=20, **options).hex()
    except grpc.RpcError as error:
        return failure(error)


def stream(channel, method, request, **options):
    count = 0
    try:
        for _ in channel.unary_stream("/test.Foreign/" + method, **RAW)(request, **options):
            count += 1
        return count
    except grpc.RpcError as error:
        return [count] + failure(error)


def scenario_unary(channel):
    return unary(channel, "Echo", text("abc"))


def scenario_metadata(channel):
    return unary(channel, "Metadata", b"", metadata=(("x-owner", "novaedge"), ("x-token-bin", b"\x00\xff")))


def scenario_stream(channel):
    return stream(channel, "Count", number(100000), timeout=60)


def scenario_status(channel):
    return unary(channel, "Fail", b"")


def scenario_late_status(channel):
    return stream(channel, "FailLate", b"", timeout=20)


def scenario_unknown_method(channel):
    return unary(channel, "Nothing", b"")


def scenario_compressed(channel):
    return unary(channel, "Echo", text("a" * 100), compression=grpc.Compression.Gzip)


def scenario_large_request(channel):
    return unary(channel, "Echo", bytes(4 * 1024 * 1024 + 1))


def scenario_largest_request(channel):
    # BytesValue of exactly 4 MiB: tag, four octets of length, payload
    payload = 4 * 1024 * 1024 - 5
    return unary(channel, "Size", bytes([0x0A, 0xFB, 0xFF, 0xFF, 0x01]) + bytes(payload))


def scenario_large_answer(channel):
    return unary(channel, "Large", b"")[0]


def scenario_deadline(channel):
    return stream(channel, "Wait", b"", timeout=0.2)[1]


def scenario_cancel(channel):
    call = channel.unary_stream("/test.Foreign/Wait", **RAW)(b"", timeout=20)
    next(call)
    call.cancel()
    return call.code().name


def scenario_stop(channel):
    call = channel.unary_stream("/test.Foreign/Wait", **RAW)(b"", timeout=20)
    next(call)
    print(json.dumps("open"), flush=True)
    try:
        next(call)
    except grpc.RpcError as error:
        return failure(error)


def scenario_hang(channel):
    call = channel.unary_stream("/test.Foreign/Wait", **RAW)(b"")
    next(call)
    print(json.dumps("open"), flush=True)
    time.sleep(600)  # until killed


def main(target, scenario):
    with grpc.insecure_channel(target) as channel:
        print(json.dumps(globals()["scenario_" + scenario](channel)), flush=True)


main(*sys.argv[1:])
