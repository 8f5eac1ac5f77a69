using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>Feeds bytes to a session without a socket and writes down what it understood.</summary>
internal static class Conversation
{
    internal static List<string> Read(SocketRole role, params byte[][] parts) => Read(new Session(role, TransportLimits.Default), parts);

    internal static List<string> Read(Session session, params byte[][] parts)
    {
        var understood = new List<string>();
        foreach (byte[] part in parts)
        {
            ReadOnlySpan<byte> input = part;
            while (session.Read(ref input) is { } said)
            {
                understood.Add(Describe(said));
            }

            Assert.Equal(0, input.Length);
        }

        return understood;
    }

    /// <summary>As <see cref="Read(SocketRole, byte[][])"/>, but a refusal is the last entry instead of an exception.</summary>
    internal static List<string> ReadOrRefusal(SocketRole role, TransportLimits limits, params byte[][] parts)
    {
        var session = new Session(role, limits);
        var understood = new List<string>();
        try
        {
            foreach (byte[] part in parts)
            {
                understood.AddRange(Read(session, part));
            }
        }
        catch (ProtocolException e)
        {
            return [e.Message]; // what came before the refusal depends on where the parts end
        }

        return understood;
    }

    private static string Describe(SessionEvent said) => said switch
    {
        Greeted => "greeted",
        PeerReady ready => $"ready {Hex(ready.Identity)}".TrimEnd(),
        MessageArrived message => "message " + string.Join('|', message.Frames.Select(Hex)),
        SubscriptionChanged change => $"{(change.IsAdded ? "subscribe" : "cancel")} {Hex(change.Topic)}".TrimEnd(),
        PingArrived ping => $"ping {Hex(ping.Context)}".TrimEnd(),
        _ => throw new InvalidOperationException(said.ToString()),
    };

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
