using System.Text.Json;
using MlOps.Learning.Neural;
using MlOps.Quantization.Distillation;

namespace MlOps.Quantization.Tests.Distillation;

public sealed class DistillationTermsTests
{
    /// <summary>
    /// Exercise B4 by hand: zₜ/4 = [0.75, 0.25, −0.25], zₛ/4 = [0.625, 0.2, −0.125]; e^ of them 2.11700, 1.28403, 0.77880 (sum 4.17983) and 1.86825, 1.22140, 0.88250 (3.97214);
    /// pₜ = [0.50648, 0.30720, 0.18632], pₛ = [0.47034, 0.30749, 0.22217]; KL = 0.03750 − 0.00030 − 0.03279 = 0.00442; CE = −ln(12.18249/15.01456) = 0.20902;
    /// L = 0.7 · 16 · 0.004416 + 0.3 · 0.20902 = 0.04946 + 0.06271 = 0.11217. With the arguments of KL swapped it would be 0.11387.
    /// </summary>
    [Fact]
    public void Of_ExerciseB4_GivesTheHandValue()
    {
        var terms = DistillationTerms.Of([3, 1, -1], [2.5, 0.8, -0.5], label: 0, temperature: 4, alpha: 0.7);
        Assert.Equal(0.50648, terms.SoftTeacher[0], 1e-5);
        Assert.Equal(0.22217, terms.SoftStudent[2], 1e-5);
        Assert.Equal(0.004416, terms.Divergence, 1e-6);
        Assert.Equal(0.20902, terms.HardLoss, 1e-5);
        Assert.Equal(0.11217, terms.Loss, 1e-5);
        var loss = new DistillationLoss(4, 0.7);
        Assert.Equal(0.11217, loss.Sample([2.5f, 0.8f, -0.5f], [1, 0, 0, 3, 1, -1], default), 1e-5);
        Assert.Contains("= 0.049460 + 0.062706 = 0.112167", terms.ToString().Replace("0.04946 ", "0.049460 ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(3, terms.ToTable().RowCount);
        Assert.Contains("<table", terms.ToMimeBundle()["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void OfAndLoss_ManyCases_AgreeWithTorch()
    {
        foreach (JsonElement one in DistilReference.Root.GetProperty("terms").EnumerateArray())
        {
            (double[] teacher, double[] student) = (one.Doubles("teacher"), one.Doubles("student"));
            int label = one.GetProperty("label").GetInt32();
            (double temperature, double alpha) = (one.GetProperty("temperature").GetDouble(), one.GetProperty("alpha").GetDouble());
            double expected = one.GetProperty("loss").GetDouble();
            double tolerance = 1e-9 * (1 + Math.Abs(expected)); // T² times the rounding of KL, which is near 1e-16
            var terms = DistillationTerms.Of(teacher, student, label, temperature, alpha);
            Assert.Equal(expected, terms.Loss, tolerance);
            Assert.Equal(one.GetProperty("divergence").GetDouble(), terms.Divergence, 1e-12 * (1 + terms.Divergence));
            Assert.Equal(one.GetProperty("hard").GetDouble(), terms.HardLoss, 1e-12 * (1 + terms.HardLoss));
            AssertClose(one.Doubles("softTeacher"), terms.SoftTeacher);
            AssertClose(one.Doubles("softStudent"), terms.SoftStudent);

            int k = teacher.Length;
            var target = new float[2 * k];
            target[label] = 1;
            for (int c = 0; c < k; c++)
            {
                target[k + c] = (float)teacher[c];
            }

            var gradient = new float[k];
            Assert.Equal(expected, new DistillationLoss(temperature, alpha).Sample(Array.ConvertAll(student, value => (float)value), target, gradient), tolerance);
            double[] wanted = one.Doubles("gradient");
            Assert.All(Enumerable.Range(0, k), c => Assert.Equal(wanted[c], gradient[c], 1e-6 * (1 + Math.Abs(wanted[c])))); // written in 32 bits
        }
    }

    [Fact]
    public void Of_SameScores_HasNoDivergence()
    {
        var terms = DistillationTerms.Of([1, 2, 3], [1, 2, 3], 2, 3, 1);
        Assert.Equal(0, terms.Divergence);
        Assert.Equal(0, terms.Loss);
    }

    [Fact]
    public void Of_BadInput_NamesTheArgument()
    {
        Assert.Throws<ArgumentException>("studentScores", () => DistillationTerms.Of([1, 2], [1, 2, 3], 0));
        Assert.Throws<ArgumentException>("studentScores", () => DistillationTerms.Of([1], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>("label", () => DistillationTerms.Of([1, 2], [1, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>("temperature", () => DistillationTerms.Of([1, 2], [1, 2], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => DistillationTerms.Of([1, 2], [1, 2], 0, 4, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>("teacherScores", () => DistillationTerms.Of([1, double.NaN], [1, 2], 0));
    }

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual) =>
        Assert.All(Enumerable.Range(0, expected.Length), c => Assert.Equal(expected[c], actual[c], 1e-12));
}
