using System.Text;
using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Tests.Sandboxing;

public sealed class PrintedTextTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void WaitForMark_MarkInPieces_IsNoticedAndRemoved(int piece)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("before ##A1 #A1B2after");
        using var announced = new ManualResetEventSlim();
        var text = new PrintedText(new Pieces(bytes, piece, announced), 1000);
        text.Expect("#A1B2");
        announced.Set();
        Assert.True(text.WaitForEnd(s_limit));
        text.WaitForMark(s_limit);

        Assert.Equal("before ##A1 after", text.Take());
    }

    [Fact]
    public void Take_MoreThanKept_SaysHowMuchMore()
    {
        var text = new PrintedText(new MemoryStream(new byte[5000]), 1000);
        Assert.True(text.WaitForEnd(s_limit));

        Assert.EndsWith("… (4,000 more bytes were printed and are not kept)", text.Take(), StringComparison.Ordinal);
        Assert.Equal("", text.Take());
    }

    private sealed class Pieces(byte[] bytes, int size, ManualResetEventSlim announced) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            announced.Wait();
            return base.Read(buffer, offset, Math.Min(count, size));
        }
    }
}
