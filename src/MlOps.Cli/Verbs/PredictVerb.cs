using System.CommandLine;
using MlOps.Onnx;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops predict</c>: a model's answers for every row of a CSV file of any size.</summary>
internal static class PredictVerb
{
    internal static Command Create()
    {
        var model = new Argument<string>("model") { Description = "An ONNX file." };
        var data = new Argument<string>("data") { Description = "CSV file with the columns the model takes; others are ignored." };
        var output = new Option<string>("--out", "-o") { Description = "The CSV file to write: column 'prediction', and a probability (p_CLASS) or score (score_CLASS) a class.", Required = true };
        var keep = new Option<string[]>("--keep") { Description = "Columns to copy beside the predictions.", AllowMultipleArgumentsPerToken = true };
        var columns = SharedOptions.ModelColumns();
        var provider = new Option<string[]>("--providers") { Description = "What computes, the first that can be had: cpu, cuda, tensorrt, directml, coreml. Without it what the environment variable MLOPS_PROVIDERS names, else the CPU.", AllowMultipleArgumentsPerToken = true };
        var verb = new Verb(
            "predict",
            "Predicts every row of a CSV file, of any size, in bounded memory. Exit code 0, or 2 for bad input.",
            "./mlops predict loans.onnx applications.csv --out predictions.csv",
            "./mlops predict loans.onnx applications.csv --keep id,city --out predictions.csv")
        {
            model, data, output, keep, columns, provider,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            string source = parsed.GetRequiredValue(data);
            string path = OutputPath.Checked(parsed.GetRequiredValue(output), source, parsed.GetRequiredValue(model));
            using var onnx = OnnxModel.Load(parsed.GetRequiredValue(model), new OnnxModelOptions { Providers = ColumnList.Of(parsed.GetValue(provider)) ?? DefaultProviders.Names, Features = ColumnList.Of(parsed.GetValue(columns)) });
            if (onnx.Notice is { } notice)
            {
                Console.Error.WriteLine(notice);
            }

            long rows;
            using (var progress = new TerminalProgress("Predicting"))
            {
                rows = onnx.PredictCsv(source, path, ColumnList.Of(parsed.GetValue(keep)), progress, cancellation);
            }

            Console.WriteLine(FormattableString.Invariant($"{path}: {rows:N0} {(rows == 1 ? "row" : "rows")}"));
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }
}
