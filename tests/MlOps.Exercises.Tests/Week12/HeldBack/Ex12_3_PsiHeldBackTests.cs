using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12.HeldBack;

[Exercise("12.3")]
public sealed class PsiHeldBackTests : CodeTests<IPsiFromShares>
{
    [Fact, Points(0.5), HeldBack("a bin that is empty on one side")]
    public void Psi_EmptyBinOnOneSide_CountsAsOneInTenThousand()
    {
        // By hand: twice 0.1 · ln(0.5/0.4), and the empty bin.
        double expected = (0.2 * Math.Log(1.25)) + ((0.2 - 0.0001) * Math.Log(2000));
        Assert.Equal(expected, Student.Psi([0.5, 0.5, 0], [0.4, 0.4, 0.2]), 1e-9);
        Assert.Equal(expected, Student.Psi([0.4, 0.4, 0.2], [0.5, 0.5, 0]), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("a bin that is empty on both sides")]
    public void Psi_BinEmptyOnBothSides_AddsNothing()
    {
        // By hand: (0.6 − 0.5) ln(0.6/0.5) + (0.4 − 0.5) ln(0.4/0.5) = 0.1 ln 1.5.
        Assert.Equal(0.1 * Math.Log(1.5), Student.Psi([0.5, 0, 0.5], [0.6, 0, 0.4]), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("shares that were rounded")]
    public void Psi_SharesRoundedForPrint_AreAccepted()
    {
        // Three thirds, printed: 0.999 in all. By hand: (0.417 − 0.333) ln(0.417/0.333) + (0.25 − 0.333) ln(0.25/0.333).
        double expected = (0.084 * Math.Log(0.417 / 0.333)) + (0.083 * Math.Log(0.333 / 0.25));
        Assert.Equal(expected, Student.Psi([0.333, 0.333, 0.333], [0.417, 0.333, 0.25]), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("numbers that are no shares")]
    public void Psi_NegativeOrMissingShare_ThrowsArgumentException()
    {
        Throws<ArgumentException>(() => Student.Psi([0.5, 0.5], [1.5, -0.5]));
        Throws<ArgumentException>(() => Student.Psi([0.5, double.NaN], [0.5, 0.5]));
    }
}
