using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Quantization.Distillation;

namespace MlOps.Quantization.Tests.Distillation;

public sealed class DistillerTests
{
    private static readonly DistillationOptions s_options = new() { Training = new TrainingOptions { Epochs = 30, BatchSize = 32, Seed = 3 }, Optimizer = new Adam(0.01) };
    private static readonly (Tensor X, Labels Y) s_train = Rings(240, 1);
    private static readonly (Tensor X, Labels Y) s_test = Rings(200, 2);
    private static readonly Network s_teacher = new Trainer(new CrossEntropy(), new Adam(0.01), new TrainingOptions { Epochs = 60, Seed = 1 })
        .Fit(new NetworkBuilder(TensorShape.Vector(2)).Dense(64).ReLU().Dense(64).ReLU().Dense(3).Build(1), new TrainingData(s_train.X, s_train.Y)).Network;

    [Fact]
    public void Distil_WithLabels_MeasuresAllThreeOnTheValidationRows()
    {
        DistillationResult result = new Distiller(s_options).Distil(Student(), Data(s_train), Data(s_test));
        StudentComparison comparison = result.Comparison;
        Assert.True(result.MeasuredOnValidation);
        Assert.Equal(200, comparison.Rows);
        double Accuracy(Network network) => (double)network.Classify(s_test.X).Zip(s_test.Y.Codes.ToArray()).Count(pair => pair.First == pair.Second) / 200; // brute force
        Assert.Equal(Accuracy(s_teacher), comparison.TeacherAccuracy!.Value, 12);
        Assert.Equal(Accuracy(result.Student), comparison.StudentAccuracy!.Value, 12);
        Assert.Equal(Accuracy(result.Alone!), comparison.AloneAccuracy!.Value, 12);
        Assert.Equal(comparison.StudentAccuracy.Value - comparison.AloneAccuracy.Value, (comparison.OnlyWithTeacher - comparison.OnlyAlone) / 200.0, 12);
        Assert.Equal((double)result.Student.Classify(s_test.X).Zip(s_teacher.Classify(s_test.X)).Count(pair => pair.First == pair.Second) / 200, result.Agreement, 12);
        Assert.True(comparison.StudentAccuracy > 0.8, result.ToString());
        Assert.Equal(s_teacher.ParameterCount, result.TeacherParameters);
        Assert.Equal(OutputActivation.Softmax, result.Student.OutputActivation);
        Assert.NotEmpty(result.Chart().ToSvg());
    }

    [Fact]
    public void Distil_SameSeed_GivesTheSameWeights()
    {
        float[] Weights(int threads) => [.. new Distiller(s_options with { CompareWithoutTeacher = false, Training = s_options.Training with { MaxDegreeOfParallelism = threads, Epochs = 3 } })
            .Distil(Student(), Data(s_train)).Student.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        Assert.Equal(Weights(1), Weights(2));
    }

    [Fact]
    public void Distil_AlphaZero_IsTrainingWithoutTeacher()
    {
        DistillationResult result = new Distiller(s_options with { Alpha = 0 }).Distil(Student(), Data(s_train), Data(s_test));
        Assert.Equal(result.Alone!.Forward(s_test.X).Values.ToArray(), result.Student.Forward(s_test.X).Values.ToArray());
        Assert.Contains("brought nothing", result.Comparison.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Distil_WithoutLabels_LearnsFromTheTeacherAlone()
    {
        DistillationResult result = new Distiller(s_options).Distil(Student(), new DistillationData(s_train.X, TeacherScores.Of(s_teacher, s_train.X)));
        Assert.Equal(1, result.Alpha);
        Assert.Null(result.Alone);
        Assert.Null(result.Comparison.TeacherAccuracy);
        Assert.True(result.Agreement > 0.8, result.ToString());
        Assert.Contains("the training rows", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("not measured", result.Comparison.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Distil_BadInput_NamesTheArgument()
    {
        var distiller = new Distiller(s_options);
        Network two = new NetworkBuilder(TensorShape.Vector(2)).Dense(2).Build();
        Assert.Contains("2 outputs; the teacher knows 3", Assert.Throws<ArgumentException>("student", () => distiller.Distil(two, Data(s_train))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("Teacher", () => distiller.Distil(Student(), new DistillationData(s_train.X, TeacherScores.Of(s_teacher, s_test.X))));
        Assert.Throws<ArgumentException>("classes", () => distiller.Distil(Student(), Data(s_train) with { Labels = new Labels(new int[240], ["0", "1"]) }));
        Assert.Throws<ArgumentOutOfRangeException>("Temperature", () => new DistillationOptions { Temperature = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Alpha", () => new DistillationOptions { Alpha = -0.1 });
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => distiller.Distil(Student(), Data(s_train), cancellationToken: stopped.Token));
    }

    [Fact]
    public void Regression_AlphaOne_FollowsTheTeacherAndNotTheTruth()
    {
        Matrix x = new(50, 1, [.. Enumerable.Range(0, 50).Select(i => (i - 25) / 25.0)]);
        Tensor teacher = Tensor.Of(x.Column(0).Select(value => 2 * value).ToArray());
        Tensor truth = Tensor.Of(x.Column(0).Select(value => -value).ToArray());
        Network student = new NetworkBuilder(TensorShape.Vector(1)).Dense(1).Build(1);
        var options = new DistillationOptions { Alpha = 1, Optimizer = new Adam(0.05), Training = new TrainingOptions { Epochs = 200 } };
        var all = RegressionDistillation.Fit(student, Tensor.Of(x), teacher, truth, options);
        Assert.True(all.DistanceToTeacher < 0.01 && all.StudentError > 1 && all.AloneError < 0.01, all.ToString());

        // half and half: the best line is between 2x and −x, so 0.5x, at a distance of 1.5·rms(x) from both
        double rms = Math.Sqrt(x.Column(0).Average(value => value * value));
        Assert.Equal(1.5 * rms, RegressionDistillation.Fit(student, Tensor.Of(x), teacher, truth, options with { Alpha = 0.5 }).DistanceToTeacher, 0.01);
        Assert.Throws<ArgumentException>("teacher", () => RegressionDistillation.Fit(student, Tensor.Of(x), Tensor.Of([1.0])));
    }

    [Fact]
    public void Verdict_ManyMoreRightRows_SaysSo()
    {
        int[] truth = new int[40];
        int[] bad = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 1 : 0)];
        Assert.Contains("50.0 points better: right only with it in 20 rows, only without it in 0, of 40", StudentComparison.Of(truth, truth, bad, truth).Verdict, StringComparison.Ordinal);
        Assert.Contains("50.0 points WORSE", StudentComparison.Of(truth, bad, truth, truth).Verdict, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("student", () => StudentComparison.Of([], []));
    }

    private static Network Student() => new NetworkBuilder(TensorShape.Vector(2)).Dense(8).ReLU().Dense(3).Build(5);

    private static DistillationData Data((Tensor X, Labels Y) rows) => new(rows.X, TeacherScores.Of(s_teacher, rows.X), rows.Y);

    /// <summary>Three rings around the origin.</summary>
    private static (Tensor X, Labels Y) Rings(int n, int seed)
    {
        var random = new Random(seed);
        var x = new double[2 * n];
        var y = new int[n];
        for (int i = 0; i < n; i++)
        {
            y[i] = i % 3;
            double radius = 0.6 + y[i] + (0.3 * (random.NextDouble() - 0.5));
            double angle = 2 * Math.PI * random.NextDouble();
            (x[2 * i], x[(2 * i) + 1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        }

        return (Tensor.Of(new Matrix(n, 2, x)), new Labels(y, ["0", "1", "2"]));
    }
}
