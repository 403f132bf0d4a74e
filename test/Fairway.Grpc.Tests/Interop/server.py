"""A gRPC server that shares no code with Fairway: serves test.Foreign on TARGET, prints its port and the end of each wait."""
import sys
import time
from concurrent import futures

import grpc


def text(value):
    """StringValue{value} by hand: field 1, length-delimited, with the length as a varint."""
    length, prefix = len(value), [0x0A]
    while length > 0x7F:
        prefix.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes(prefix + [length]) + value.encode()


def echo(request, context):
    return request


def metadata(request, context):
    seen = dict(context.invocation_metadata())
    return text(seen["x-owner"] + " " + seen["x-token-bin"].hex())


def count(request, context):
    for value in range(int(request[2:])):
        yield text(str(value))


def fail(request, context):
    context.abort(grpc.StatusCode.FAILED_PRECONDITION, "nicht möglich: 50 %")


def fail_late(request, context):
    yield text("1")
    context.abort(grpc.StatusCode.DATA_LOSS, "half of it")


def crash(request, context):
    raise ValueError("oops")


def large(request, context):
    return bytes(4 * 1024 * 1024 + 1)


def compressed(request, context):
    context.set_compression(grpc.Compression.Gzip)
    return text("a" * 1000)


def remaining(request, context):
    return text("within" if 0 < context.time_remaining() <= 3600 else "without")


def wait(request, context):
    context.add_callback(lambda: print("ended", flush=True))
    yield text("1")
    while context.is_active():
        time.sleep(0.01)


UNARY = dict(Echo=echo, Metadata=metadata, Fail=fail, Crash=crash, Large=large, Compressed=compressed, Remaining=remaining)
STREAMS = dict(Count=count, FailLate=fail_late, Wait=wait)


def main(target):
    handlers = {name: grpc.unary_unary_rpc_method_handler(run) for name, run in UNARY.items()}
    handlers |= {name: grpc.unary_stream_rpc_method_handler(run) for name, run in STREAMS.items()}
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("test.Foreign", handlers),))
    port = server.add_insecure_port(target)
    server.start()
    print(port, flush=True)
    server.wait_for_termination()


main(*sys.argv[1:])
