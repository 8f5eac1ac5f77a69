using System.IO.Compression;
using Google.Protobuf;
using MlOps.Onnx;

namespace MlOps.Quantization;

/// <summary>How many bytes are left of something when gzip has compressed it. Nothing is kept.</summary>
internal static class GzipSize
{
    internal static long Of(OnnxFile file) => Of(stream => file.WriteTo(stream));

    internal static long Of(ReadOnlySpan<float> values)
    {
        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray();
        return Of(stream => stream.Write(bytes));
    }

    private static long Of(Action<Stream> write)
    {
        using var counter = new Counter();
        using (var gzip = new GZipStream(counter, CompressionLevel.Optimal, leaveOpen: true))
        {
            write(gzip);
        }

        return counter.Length;
    }

    private sealed class Counter : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;
    }
}
