using MlOps.Charts;

namespace MlOps.Learning.Metrics;

public sealed partial class ConfusionMatrix
{
    /// <summary>Draws the matrix as a heat map: one row a true class, one column a predicted one.</summary>
    public Figure Chart() => MlOps.Charts.Chart
        .Heatmap([.. Classes.Select(name => (Value)$"predicted {name}")], [.. Classes.Select(name => (Value)$"truly {name}")], _cells, "cases")
        .Titled(Headline(), FormattableString.Invariant($"n = {Total:#,0.##}; accuracy {Accuracy:0.0 %}"));

    /// <summary>Returns how a notebook shows the matrix: its cells, with precision and recall of every class at the margins.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Table().ToMimeBundle();

    /// <summary>Returns the matrix as an aligned text.</summary>
    public override string ToString() => Table().ToText();

    private MetricTable Table()
    {
        var rows = new List<string[]>();
        for (int i = 0; i < Classes.Count; i++)
        {
            rows.Add([$"truly {Classes[i]}", .. Enumerable.Range(0, Classes.Count).Select(j => MetricTable.Count(_cells[i, j])), MetricTable.Share(PerClass[i].Recall)]);
        }

        rows.Add(["precision", .. PerClass.Select(c => MetricTable.Share(c.Precision)), ""]);
        string[] header = ["", .. Classes.Select(name => $"predicted {name}"), "recall"];
        return new MetricTable(Headline(), FormattableString.Invariant($"n = {Total:#,0.##}; accuracy {Accuracy:0.0 %}"), header, rows);
    }

    private string Headline()
    {
        (double cases, int truth, int predicted) worst = (0, 0, 0);
        for (int i = 0; i < Classes.Count; i++)
        {
            for (int j = 0; j < Classes.Count; j++)
            {
                worst = i != j && _cells[i, j] > worst.cases ? (_cells[i, j], i, j) : worst;
            }
        }

        return worst.cases == 0
            ? "Every case is right"
            : $"The commonest error: {Classes[worst.truth]} taken for {Classes[worst.predicted]}, {MetricTable.Count(worst.cases)} cases";
    }
}
