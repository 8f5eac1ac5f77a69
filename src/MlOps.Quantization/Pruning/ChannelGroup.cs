using MlOps.Onnx;

namespace MlOps.Quantization.Pruning;

/// <summary>Channels of an ONNX graph that live and die together: those of one node, or of several whose outputs are added.</summary>
internal sealed class ChannelGroup(int channels)
{
    private ChannelGroup? _joined;
    private readonly List<ChannelCut> _cuts = [];
    private string? _reason;

    internal int Channels { get; } = channels;

    /// <summary>Gets the group that this one has become part of; itself, if none.</summary>
    internal ChannelGroup Root => _joined?.Root ?? this;

    /// <summary>Gets all places where an array has these channels, in the order of the graph.</summary>
    internal IReadOnlyList<ChannelCut> Cuts => Root._cuts;

    /// <summary>Gets why none of them can go; null if they can.</summary>
    internal string? Reason => Root._reason;

    internal void Add(ChannelCut cut) => Root._cuts.Add(cut);

    internal void Block(string reason) => Root._reason ??= reason;

    internal void Join(ChannelGroup other)
    {
        (ChannelGroup own, ChannelGroup theirs) = (Root, other.Root);
        if (own != theirs)
        {
            theirs._joined = own;
            own._cuts.AddRange(theirs._cuts);
            own._reason ??= theirs._reason;
        }
    }
}

/// <summary>Where a value has the channels of a group: along an axis, each channel <paramref name="Block"/> places wide.</summary>
internal readonly record struct ChannelAxis(ChannelGroup Group, int Axis, int Block);

/// <summary>What a node does with the channels it has an array for.</summary>
internal enum ChannelRole
{
    /// <summary>It makes them: its weights are what units are judged by.</summary>
    Producer,

    /// <summary>It handles each alone: biases, normalisation, depthwise weights.</summary>
    Passage,

    /// <summary>It reads them all: its inputs shrink.</summary>
    Consumer,

    /// <summary>It names their number, in the shape that a Reshape makes.</summary>
    Size,
}

/// <summary>A constant that must shrink with its channels.</summary>
/// <param name="Node">Who reads it.</param>
/// <param name="Input">As which input.</param>
/// <param name="Axis">Which of its axes the channels are; of a <see cref="ChannelRole.Size"/> the place of the number.</param>
/// <param name="Block">How wide a channel is there.</param>
/// <param name="Role">What the node does with them.</param>
internal sealed record ChannelCut(OnnxNode Node, int Input, int Axis, int Block, ChannelRole Role);
