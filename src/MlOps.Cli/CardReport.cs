using System.CommandLine;
using MlOps.Data;
using MlOps.Fairness;
using MlOps.Fairness.Cards;

namespace MlOps.Cli;

/// <summary>The options that name decisions and groups, for documents that show what was measured.</summary>
internal sealed class CardReport
{
    private readonly Option<string?> _data = new("--data") { Description = "The rows: a CSV file with truth, decisions and groups; with --label, --prediction and --sensitive." };
    private readonly Option<string?> _label = new("--label") { Description = "The column with the truth." };
    private readonly Option<string?> _prediction = new("--prediction") { Description = "The column with the decision." };
    private readonly Option<string[]?> _sensitive = new("--sensitive") { Description = "The columns that say to which group a person belongs; several are also crossed.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _positive = new("--positive") { Description = "The positive class: the one that people want to be in.", DefaultValueFactory = _ => "1" };

    internal void AddTo(Command verb)
    {
        verb.Add(_data);
        verb.Add(_label);
        verb.Add(_prediction);
        verb.Add(_sensitive);
        verb.Add(_positive);
    }

    /// <summary>Measures; null if no data are given.</summary>
    internal (FairnessReport Report, CardData Data)? Read(ParseResult parsed, CancellationToken cancellation)
    {
        string[]? sensitive = ColumnList.Of(parsed.GetValue(_sensitive));
        if (parsed.GetValue(_data) is not { } path)
        {
            return parsed.GetValue(_label) is null && parsed.GetValue(_prediction) is null && sensitive is null ? null : throw new ArgumentException("--label, --prediction and --sensitive name columns of --data; give the file.");
        }

        if (parsed.GetValue(_label) is not { } label || parsed.GetValue(_prediction) is not { } prediction || sensitive is null)
        {
            throw new ArgumentException("--data needs --label, --prediction and --sensitive.");
        }

        var table = Table.ReadCsv(path, cancellationToken: cancellation);
        return (FairnessReport.Of(table, label, prediction, sensitive, parsed.GetRequiredValue(_positive)), CardData.Of(table, "evaluation", Path.GetFileName(path), CardFacts.Digest(path), sensitive));
    }
}
