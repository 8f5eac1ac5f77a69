using MlOps.Onnx;

namespace MlOps.Quantization.Pruning;

/// <summary>Units of an ONNX file whose incoming weights are all 0: what they say is the same for every input, and moves into the bias of who reads them.</summary>
internal sealed class DeadUnits(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor> inputs)
{
    /// <summary>Moves what the units that go say, where it is always the same, before they are cut.</summary>
    internal void Fold(IReadOnlyList<ChannelGroup> groups, double[][] scores, int[][] stay)
    {
        var work = new List<(ChannelCut Reader, int Channels, int[] Dead)>();
        for (int i = 0; i < groups.Count; i++)
        {
            int[] dead = [.. Enumerable.Range(0, groups[i].Channels).Except(stay[i]).Where(unit => scores[i][unit] == 0)];
            if (dead.Length > 0)
            {
                work.AddRange(groups[i].Cuts.Where(cut => cut.Role == ChannelRole.Consumer && cut.Node.OpType != "ConvTranspose").Select(cut => (cut, groups[i].Channels, dead)));
            }
        }

        if (work.Count == 0)
        {
            return;
        }

        OnnxFile open = file.Clone();
        string[] wanted = [.. work.Select(one => one.Reader.Node.Input[0]).Distinct()];
        foreach (string value in wanted)
        {
            open.Graph.Expose(value);
        }

        using var model = OnnxModel.Open(open);
        IReadOnlyDictionary<string, OnnxTensor> said = model.Run(inputs, wanted);
        foreach ((ChannelCut reader, int channels, int[] dead) in work)
        {
            Move(reader, said[reader.Node.Input[0]], channels, dead);
        }
    }

    private void Move(ChannelCut reader, OnnxTensor said, int channels, int[] dead)
    {
        OnnxTensor weight = NodeWeight.Constant(file.Graph, reader.Node.Input[1])!;
        float[] weights = weight.ToFloats();
        float[] values = said.ToFloats();
        bool convolution = reader.Node.OpType == "Conv";
        // Pictures: batch × channels × area. Products: rows × (channels · block).
        int area = convolution ? values.Length / (int)(said.Dims[0] * channels) : 1;
        int width = channels * reader.Block;
        int outputs = (int)(convolution ? weight.Dims[0] : weight.Dims[reader.Axis == 1 ? 0 : 1]);
        int kernel = convolution ? weights.Length / (outputs * channels) : 1;
        double alpha = reader.Node.OpType == "Gemm" ? reader.Node.GetFloat("alpha", 1) : 1;
        var shift = new double[outputs];
        foreach (int unit in dead)
        {
            for (int feature = unit * reader.Block; feature < (unit + 1) * reader.Block; feature++)
            {
                // The middle of the picture: padding earlier on may have changed the border.
                double value = convolution ? values[(unit * area) + (area / 2)] : values[feature];
                for (int output = 0; output < outputs; output++)
                {
                    for (int k = 0; k < kernel; k++)
                    {
                        int at = convolution ? (((output * channels) + unit) * kernel) + k : reader.Axis == 1 ? (output * width) + feature : (feature * outputs) + output;
                        shift[output] += alpha * value * weights[at];
                    }
                }
            }
        }

        if (shift.AsSpan().ContainsAnyExcept(0))
        {
            ChannelCutter.Shift(file.Graph, reader.Node, shift);
        }
    }
}
