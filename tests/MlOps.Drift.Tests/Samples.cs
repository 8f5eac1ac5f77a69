namespace MlOps.Drift.Tests;

/// <summary>The samples of references/make_references.py, to the last bit.</summary>
internal static class Samples
{
    internal static double[] Make(string kind, int count, long seed, double shift)
    {
        double[] u = Uniforms(count, seed);
        double[] v = kind == "bell" ? Uniforms(count, seed + 1) : u;
        double[] w = kind == "bell" ? Uniforms(count, seed + 2) : u;
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = kind switch
            {
                "uniform" => u[i] + shift,
                "bell" => u[i] + v[i] + w[i] + shift,
                "ties" => Math.Floor((u[i] * 7) + shift),
                "heavy" => (1 / ((1 - u[i]) * (1 - u[i]))) + shift,
                "signed" => ((u[i] - 0.5) / (u[i] * (1 - u[i]))) + shift,
                "far" => 1e9 + (u[i] + shift),
                "denormal" => (u[i] + shift) * 1e-310,
                "constant" => 3.0 + shift,
                _ => throw new ArgumentException($"Unknown kind '{kind}'.", nameof(kind)),
            };
        }

        return values;
    }

    internal static double[] Uniforms(int count, long seed)
    {
        long state = seed;
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            state = ((state * 1664525) + 1013904223) % (1L << 32);
            values[i] = (state + 0.5) / 4294967296.0;
        }

        return values;
    }
}
