using System.Globalization;

namespace MlOps.Tracking.Registry;

public sealed partial record ModelVersion
{
    /// <summary>Returns a line for everything that is known of the version.</summary>
    public override string ToString() => Show().ToString();

    /// <summary>Returns how a notebook shows it: a table of what is known.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle(ToString());

    private ResultTable Show()
    {
        string[][] rows =
        [
            ["aliases", string.Join(", ", Aliases)],
            ["stage", Stage == ModelStage.None ? "" : Stage.ToString()],
            ["description", Description],
            ["registered", PromotionTime.Text(CreationTime) + (UserId.Length == 0 ? "" : $" by {UserId}")],
            ["run", RunId],
            ["source", Source],
            .. Tags.Select(tag => (string[])[tag.Key, tag.Value]),
        ];
        return new ResultTable(string.Create(CultureInfo.InvariantCulture, $"'{Name}' version {Version}"), "", ["", ""], [.. rows.Where(row => row[1].Length > 0)]);
    }
}
