using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Kernel.Jupyter;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Tests.Jupyter;

public class JupyterMessageTests
{
    private const string Header = """{"msg_id": "m1", "msg_type": "execute_request", "session": "s1", "username": "u", "version": "5.3", "later": {"x": 1}}""";

    [Fact]
    public void Read_MessageOfAFrontEnd_HasItsParts()
    {
        JupyterMessage message = Read("<IDS|MSG>", "", Header, "{}", """{"cellId": "c"}""", """{"code": "1+1", "silent": true, "n": 3}""", "buffer");

        Assert.Equal(("m1", "execute_request", "s1"), (message.Id, message.Type, message.Session));
        Assert.Equal(Header, Encoding.UTF8.GetString(message.Header.Span));
        Assert.Equal(("1+1", "no", true, true, 3, 7), (message.Text("code"), message.Text("none", "no"), message.Flag("silent", false), message.Flag("none", true), message.Number("n", 0), message.Number("none", 7)));
    }

    [Fact]
    public void Read_RouteInFrontOfTheDelimiter_IsKept() =>
        Assert.Equal("proxy"u8.ToArray(), Assert.Single(Read("proxy", "<IDS|MSG>", "", Header, "{}", "{}", "{}").Route).ToArray());

    [Theory]
    [InlineData("no delimiter", "a", "b", "{}", "{}", "{}", "{}")]
    [InlineData("too few", "<IDS|MSG>", "", "{}", "{}")]
    [InlineData("header is no JSON", "<IDS|MSG>", "", "{", "{}", "{}", "{}")]
    [InlineData("header is an array", "<IDS|MSG>", "", "[]", "{}", "{}", "{}")]
    [InlineData("header without id", "<IDS|MSG>", "", "{\"msg_type\": \"x\"}", "{}", "{}", "{}")]
    [InlineData("id is a number", "<IDS|MSG>", "", "{\"msg_id\": 1, \"msg_type\": \"x\"}", "{}", "{}", "{}")]
    [InlineData("content is text", "<IDS|MSG>", "", Header, "{}", "{}", "\"x\"")]
    [InlineData("content is cut", "<IDS|MSG>", "", Header, "{}", "{}", "{\"code\": ")]
    public void Read_WhatIsNoMessage_IsAFormatException(string why, params string[] frames)
    {
        Assert.NotEmpty(why);
        Assert.Throws<FormatException>(() => Read(frames));
    }

    [Fact]
    public void Read_Unsigned_IsAFormatException()
    {
        var signer = new MessageSigner("key", MessageSigner.DefaultScheme);

        Assert.Throws<FormatException>(() => JupyterMessage.Read(Frames(["<IDS|MSG>", "", Header, "{}", "{}", "{}"]), signer));
    }

    [Fact]
    public void Read_AnyFrames_GivesAMessageOrAFormatException()
    {
        Gen<string> frame = Gen.OneOf(
            Gen.Elements("<IDS|MSG>", "", Header, "{}", "[]", "{\"msg_id\": null, \"msg_type\": {}}", "{\"code\": \"\\ud800\"}", "nul\0l", new string('[', 2000)),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));
        Prop.ForAll(frame.ListOf().ToArbitrary(), frames =>
        {
            foreach (IEnumerable<string> tried in new[] { frames, frames.Prepend("<IDS|MSG>") })
            {
                try
                {
                    ExecuteRequest.Read(Read([.. tried]));
                }
                catch (FormatException)
                {
                    // The one way to refuse.
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    private static JupyterMessage Read(params string[] frames) => JupyterMessage.Read(Frames(frames), new MessageSigner(string.Empty, MessageSigner.DefaultScheme));

    private static RoutedMessage Frames(string[] frames) => new("peer"u8.ToArray(), [.. frames.Select(frame => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(frame))]);
}
