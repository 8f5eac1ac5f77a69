using System.Reflection;
using Microsoft.Data.Sqlite;
using MlOps.Charts;
using MlOps.Data;
using MlOps.Data.Generators;
using MlOps.Data.Identifiers;
using MlOps.Data.Images;
using MlOps.Drift;
using MlOps.Drift.Dashboards;
using MlOps.Drift.Estimation;
using MlOps.Drift.Monitoring;
using MlOps.Drift.Multivariate;
using MlOps.Drift.Quality;
using MlOps.Drift.Simulation;
using MlOps.Drift.Sketches;
using MlOps.Drift.Sql;
using MlOps.Drift.Streaming;
using MlOps.Drift.Texts;
using MlOps.Drift.Windows;
using MlOps.Explain;
using MlOps.Explain.Counterfactuals;
using MlOps.Explain.Effects;
using MlOps.Explain.Images;
using MlOps.Explain.Lime;
using MlOps.Explain.Reasons;
using MlOps.Explain.Shapley;
using MlOps.Fairness;
using MlOps.Fairness.Cards;
using MlOps.Fairness.Individual;
using MlOps.Fairness.Mitigation;
using MlOps.Fairness.Privacy;
using MlOps.Fairness.Proxies;
using MlOps.Fairness.Regulation;
using MlOps.Grading.Running;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Running;
using MlOps.Learning;
using MlOps.Learning.Anomaly;
using MlOps.Learning.Bayes;
using MlOps.Learning.Clustering;
using MlOps.Learning.Decomposition;
using MlOps.Learning.Linear;
using MlOps.Learning.Metrics;
using MlOps.Learning.Neighbors;
using MlOps.Learning.Neural;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.SupportVectors;
using MlOps.Learning.Trees;
using MlOps.Onnx;
using MlOps.Quantization;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.Calibration;
using MlOps.Quantization.Distillation;
using MlOps.Quantization.Graphs;
using MlOps.Quantization.LowRank;
using MlOps.Quantization.Pruning;
using MlOps.Tracking;
using MlOps.Tracking.Comparison;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Cli;

/// <summary>The engine as the course's notebooks see it: every library of the course is there without a <c>using</c>.</summary>
internal static class CourseEngine
{
    // A type of every namespace that notebooks see.
    private static readonly Type[] s_oneOfEach =
    [
        typeof(Table), typeof(LoanApplications), typeof(ImageSet), typeof(PersonalDataKind), typeof(Figure), typeof(DriftReport),
        typeof(DriftOverTime), typeof(DriftSimulation), typeof(Adwin), typeof(TableSketch), typeof(SqlDrift), typeof(Expectations), typeof(ConfidenceBasedEstimator),
        typeof(MultivariateReport), typeof(TextDrift), typeof(ModelMonitor), typeof(MonitorPage),
        typeof(Matrix), typeof(ConfusionMatrix), typeof(Pipeline), typeof(LogisticRegression), typeof(LinearSvm), typeof(GaussianNaiveBayes), typeof(KNeighborsClassifier),
        typeof(GradientBoostingClassifier), typeof(IsolationForest), typeof(KMeans), typeof(Pca), typeof(Network), typeof(OnnxModel),
        typeof(Run), typeof(RunTable), typeof(ModelVersion), typeof(ITrackingStore), typeof(TrackingServer),
        typeof(FairnessReport), typeof(PiiDetector), typeof(Consistency), typeof(ProxyReport), typeof(Reweighing), typeof(ModelCard), typeof(Regulations),
        typeof(Explanation), typeof(KernelShap), typeof(LimeTabular), typeof(PartialDependence), typeof(CounterfactualSearch), typeof(ApplicantReasons), typeof(AttributionMap),
        typeof(QuantizedModel), typeof(QuantizedTensor), typeof(CalibrationRanges), typeof(ValueShapes), typeof(PrunedNetwork), typeof(Distiller), typeof(LowRankModel), typeof(CompressionReport),
    ];

    private static readonly DirectiveDescription s_exercise = new(
        "exercise", "#!exercise 12.3", "Saves the lines below as that exercise's file and checks it.", IsLanguage: true);

    internal static EngineOptions Options { get; } = new()
    {
        References = [.. s_oneOfEach.Select(type => type.Assembly).Distinct(), typeof(MathNet.Numerics.Distributions.Normal).Assembly, typeof(SqliteConnection).Assembly, typeof(NotebookExercises).Assembly],
        Imports = [.. s_oneOfEach.Select(type => type.Namespace!), typeof(NotebookExercises).FullName!],
        TableFactory = $"global::{typeof(Table).FullName}.{nameof(Table.FromDataReader)}",
        Directives = [new CellDirective(s_exercise, (number, body) => $"global::{typeof(NotebookExercises).FullName}.{nameof(NotebookExercises.Submit)}({CellDirectives.Literal(number)}, {CellDirectives.Literal(body)})")],
    };

    internal static RunnerOptions Runner(string workingFolder) => new([.. ThisProgram(), "worker"]) { WorkingFolder = workingFolder };

    private static IEnumerable<string> ThisProgram()
    {
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path; start mlops from a file.");
        bool isDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnet ? [host, Assembly.GetExecutingAssembly().Location] : [host];
    }
}
