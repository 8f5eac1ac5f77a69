using MlOps.Onnx;

namespace MlOps.Quantization.Pruning;

/// <summary>Channels through changes of shape.</summary>
internal sealed partial class ChannelTracker
{
    /// <summary>Reshape, Flatten and their like: the channels stay together in one axis, or the group is blocked.</summary>
    private void Rearrange(OnnxNode node)
    {
        if (AxisOf(node, 0) is not { } axis)
        {
            BlockInputs(node, $"{node.Title} makes a shape of them");
            return;
        }

        if (_shapes[node.Input[0]]?.Dims is not { } from || _shapes[node.Output[0]]?.Dims is not { } to || Place(from, to, axis) is not { } place)
        {
            axis.Group.Block($"{node.Title} spreads them over several axes");
            return;
        }

        if (node.OpType == "Reshape" && !Resize(node, place, to.Count))
        {
            return;
        }

        Pass(node, place);
    }

    /// <summary>The axis that has the channels afterwards: as many places before it, and behind it either as many or, flattened, none.</summary>
    private static ChannelAxis? Place(IReadOnlyList<long> from, IReadOnlyList<long> to, ChannelAxis axis)
    {
        long before = Product(from, 0, axis.Axis);
        long behind = Product(from, axis.Axis + 1, from.Count);
        for (int i = 0; i < to.Count; i++)
        {
            if (Product(to, 0, i) != before)
            {
                continue;
            }

            long after = Product(to, i + 1, to.Count);
            if (to[i] == from[axis.Axis] && after == behind)
            {
                return axis with { Axis = i };
            }

            if (after == 1 && to[i] == from[axis.Axis] * behind)
            {
                return axis with { Axis = i, Block = checked(axis.Block * (int)behind) };
            }
        }

        return null;
    }

    /// <summary>Sees to the number of channels in the shape that a Reshape is told to make.</summary>
    private bool Resize(OnnxNode node, ChannelAxis place, int rank)
    {
        (OnnxNode reader, int input, int at) = (node, 1, place.Axis);
        if (NodeWeight.Constant(_graph, node.Input[1]) is null)
        {
            // As PyTorch writes x.view(x.size(0), 320): the sizes one by one, joined.
            if (_graph.Producer(node.Input[1]) is not { OpType: "Concat" } parts || parts.Input.Count != rank)
            {
                place.Group.Block($"{node.Title} makes a shape that is computed");
                return false;
            }

            (reader, input, at) = (parts, place.Axis, 0);
        }

        if (NodeWeight.Constant(_graph, reader.Input[input])?.ToLongs() is not { } sizes || at >= sizes.Length)
        {
            place.Group.Block($"{node.Title} makes a shape that is computed");
            return false;
        }

        if (sizes[at] > 0)
        {
            place.Group.Add(new ChannelCut(reader, input, at, place.Block, ChannelRole.Size));
        }

        return true;
    }

    private static long Product(IReadOnlyList<long> dims, int first, int end)
    {
        long product = 1;
        for (int i = first; i < end; i++)
        {
            product *= dims[i];
        }

        return product;
    }
}
