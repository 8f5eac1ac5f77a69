using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12;

[Exercise("12.3")]
public sealed class PsiTests : CodeTests<IPsiFromShares>
{
    private static readonly double[] s_training = [0.15, 0.30, 0.25, 0.20, 0.10];
    private static readonly double[] s_production = [0.22, 0.28, 0.20, 0.18, 0.12];

    [Fact, Points(0.75)]
    public void Psi_WorkedExample_IsThatOfTheStatement()
    {
        // By hand, in section 3 of the notebook: 0.0268 + 0.0014 + 0.0112 + 0.0021 + 0.0036.
        Assert.Equal(0.0451, Student.Psi(s_training, s_production), 0.00005);
    }

    [Fact, Points(0.25)]
    public void Psi_SwappedArguments_IsTheSame() =>
        Assert.Equal(Student.Psi(s_training, s_production), Student.Psi(s_production, s_training), 1e-12);

    [Fact, Points(0.25)]
    public void Psi_EqualShares_IsZero() => Assert.Equal(0, Student.Psi(s_training, s_training), 1e-12);

    [Fact, Points(0.25)]
    public void Psi_DifferentLengths_ThrowsArgumentException() => Throws<ArgumentException>(() => Student.Psi([0.5, 0.5], [0.5, 0.5, 0]));

    [Fact, Points(0.25)]
    public void Psi_Percentages_ThrowsArgumentException() => Throws<ArgumentException>(() => Student.Psi([60, 40], [50, 50]));
}
