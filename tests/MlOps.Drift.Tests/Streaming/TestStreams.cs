namespace MlOps.Drift.Tests.Streaming;

/// <summary>The streams of references/streams.py, to the last bit.</summary>
internal static class TestStreams
{
    internal const int Length = 3000;

    internal static double[] Make(string kind, long seed, int n = Length)
    {
        double[] u = Samples.Uniforms(n, seed);
        double[] v = Samples.Uniforms(n, seed + 1);
        double[] values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = Value(kind, i, n, u[i], u[i] + v[i] - 1.0);
        }

        return values;
    }

    private static double Value(string kind, int i, int n, double u, double noise)
    {
        bool late = i >= n / 2;
        return kind switch
        {
            "stationary" => noise,
            "sudden" => noise + (late ? 0.8 : 0.0),
            "falling" => noise - (late ? 0.8 : 0.0),
            "gradual" => noise + Math.Min(1.0, Math.Max(0.0, (i - 1000) / 1000.0)),
            "periodic" => noise + (i / 250 % 2 == 1 ? 0.5 : 0.0),
            "spread" => noise * (late ? 3.0 : 1.0),
            "heavy" => ((u - 0.5) / (u * (1.0 - u))) + (late ? 2.0 : 0.0),
            "levels" => (int)(u * 4.0) + (late ? 2 : 0),
            "tiny" => 1.0 + (1e-9 * (noise + (late ? 2.0 : 0.0))),
            "far" => 1e9 + (noise + (late ? 0.8 : 0.0)),
            "constant" => 3.0,
            "step" => late ? 1.0 : 0.0,
            "score" => (u * 0.5) + (late ? 0.3 : 0.0),
            "errors" => Bit(u, i < 1500 ? 0.2 : i < 2250 ? 0.4 : 0.1),
            "fewer-errors" => Bit(u, i < 1000 ? 0.4 : 0.15),
            "slow-errors" => Bit(u, 0.1 + (0.4 * i / n)),
            "rare-errors" => Bit(u, i < 1500 ? 0.02 : 0.1),
            "steady-errors" => Bit(u, 0.3),
            "first-errors" => Bit(u, i < 1500 ? 0.0 : 0.1),
            _ => throw new ArgumentException($"Unknown kind '{kind}'.", nameof(kind)),
        };
    }

    private static double Bit(double u, double rate) => u < rate ? 1.0 : 0.0;
}
