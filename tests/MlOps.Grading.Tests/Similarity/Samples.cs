namespace MlOps.Grading.Tests.Similarity;

/// <summary>Solutions of one exercise as different people write them, and disguised copies of the first.</summary>
internal static class Samples
{
    internal const string Starter = """
        namespace Week12;

        /// <summary>Exercise 12.3: the population stability index of two histograms.</summary>
        public static class PopulationStability
        {
            /// <summary>PSI of counts per bin at training time and now.</summary>
            public static double Psi(double[] reference, double[] current)
            {
                // Write your solution here.
                throw new NotImplementedException("12.3 is not solved yet.");
            }
        }
        """;

    internal const string Loop = """
        namespace Week12;

        public static class PopulationStability
        {
            public static double Psi(double[] reference, double[] current)
            {
                double referenceTotal = 0;
                double currentTotal = 0;
                for (int i = 0; i < reference.Length; i++)
                {
                    referenceTotal += reference[i] + 0.5;
                    currentTotal += current[i] + 0.5;
                }

                double psi = 0;
                for (int i = 0; i < reference.Length; i++)
                {
                    double p = (reference[i] + 0.5) / referenceTotal;
                    double q = (current[i] + 0.5) / currentTotal;
                    if (p != q)
                    {
                        psi += (q - p) * Math.Log(q / p);
                    }
                }

                return psi;
            }
        }
        """;

    /// <summary><see cref="Loop"/> with every name, literal and built-in type name changed.</summary>
    internal const string Renamed = """
        namespace Woche12;

        public static class Stabil
        {
            public static var Kennzahl(float[] alt, float[] neu)
            {
                var summeAlt = 0.0;
                var summeNeu = 0.0;
                for (long k = 0L; k < alt.Anzahl; k++)
                {
                    summeAlt += alt[k] + 1e-3;
                    summeNeu += neu[k] + 1e-3;
                }

                var ergebnis = 0f;
                for (long k = 0L; k < alt.Anzahl; k++)
                {
                    var a = (alt[k] + 1e-3) / summeAlt;
                    var b = (neu[k] + 1e-3) / summeNeu;
                    if (a != b)
                    {
                        ergebnis += (b - a) * Ln.Von(b / a);
                    }
                }

                return ergebnis;
            }
        }
        """;

    /// <summary><see cref="Loop"/> on few lines, with comments, regions and directives strewn in.</summary>
    internal const string Reformatted = """
        namespace Week12; public static class PopulationStability {
        #region mine
        public static double Psi(double[] reference /* before */, double[] current /* now */) { double referenceTotal = 0; double
        currentTotal = 0; for (int i = 0; i < reference.Length; i++) { // one pass for the sums
        referenceTotal += reference[i] + 0.5; currentTotal += current[i] + 0.5; }
        #pragma warning disable CS0001
        /* then
           the sum itself */
        double psi = 0; for (int i = 0; i < reference.Length; i++) { double p = (reference[i] + 0.5) / referenceTotal;
            double q = (current[i] + 0.5) / currentTotal; if (p != q) { psi += (q - p) * Math.Log(q / p); } } return psi; }
        #endregion
        }
        """;

    internal const string Linq = """
        namespace Week12;

        public static class PopulationStability
        {
            public static double Psi(double[] reference, double[] current) =>
                Shares(reference).Zip(Shares(current), (p, q) => p == q ? 0 : (q - p) * Math.Log(q / p)).Sum();

            private static IEnumerable<double> Shares(IReadOnlyCollection<double> counts)
            {
                double[] padded = counts.Select(count => count + 0.5).ToArray();
                double all = padded.Sum();
                return padded.Select(count => count / all);
            }
        }
        """;

    internal const string While = """
        namespace Week12;

        public static class PopulationStability
        {
            public static double Psi(double[] reference, double[] current)
            {
                var (before, now, index) = (Smooth(reference), Smooth(current), reference.Length);
                var result = new List<double>();
                while (index --> 0)
                {
                    var ratio = now[index] / before[index];
                    result.Add(ratio switch { 1.0 => 0.0, _ => Math.Log(ratio) * (now[index] - before[index]) });
                }

                return result.Sum();
            }

            private static double[] Smooth(double[] histogram)
            {
                var copy = (double[])histogram.Clone();
                var total = copy.Length * 0.5 + copy.Sum();
                foreach (ref var cell in copy.AsSpan())
                {
                    cell = (0.5 + cell) / total;
                }

                return copy;
            }
        }
        """;
}
