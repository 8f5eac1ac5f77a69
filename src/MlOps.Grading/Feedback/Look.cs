namespace MlOps.Grading.Feedback;

/// <summary>How elements get their looks: by class on our own pages, by inline style in a notebook, which has no sheet of ours.</summary>
internal sealed class Look
{
    /// <summary>Mid-tones with at least 3 : 1 on white and on #1e1e1e; they colour marks and edges only, text keeps the page's own colour.</summary>
    private static readonly Dictionary<string, string> s_inline = new()
    {
        ["exercise"] = "margin:0 0 1em",
        ["title"] = "font-weight:600;margin:0 0 .3em",
        ["worth"] = "opacity:.8;font-weight:400;white-space:nowrap",
        ["status"] = "margin:.2em 0",
        ["problems"] = "margin:.3em 0;padding:0 0 0 .8em;border-left:3px solid #d55e00;list-style:none",
        ["tests"] = "list-style:none;margin:.3em 0;padding:0",
        ["test"] = "margin:.25em 0;padding:0 0 0 1.6em;text-indent:-1.6em",
        ["mark good"] = "color:#16875a;font-weight:700;display:inline-block;width:1.6em;text-indent:0",
        ["mark bad"] = "color:#d55e00;font-weight:700;display:inline-block;width:1.6em;text-indent:0",
        ["mark none"] = "display:inline-block;width:1.6em;text-indent:0",
        ["detail"] = "text-indent:0;margin:.3em 0 .6em;padding:.1em 0 .1em .8em;border-left:3px solid rgba(128,128,128,.45)",
        ["message"] = "margin:0 0 .2em",
        ["facts"] = "border-collapse:collapse;border:0;color:inherit;background:transparent;margin:0",
        ["label"] = "text-align:left;font-weight:400;opacity:.8;padding:1px 1em 1px 0;border:0;background:transparent;color:inherit;vertical-align:baseline;white-space:nowrap;min-width:4.5em",
        ["value"] = "text-align:left;vertical-align:baseline;padding:1px 0;border:0;background:transparent;color:inherit;white-space:pre-wrap;overflow-wrap:anywhere;font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:.92em",
        ["later"] = "opacity:.8;margin:.2em 0",
        ["hint"] = "margin:.3em 0;padding:.1em 0 .1em .8em;border-left:3px solid #0072b2",
        ["statement"] = "margin:.3em 0;padding-left:.8em;border-left:3px solid rgba(128,128,128,.45)",
    };

    private readonly bool _inline;

    private Look(bool inline) => _inline = inline;

    internal static Look Page { get; } = new(inline: false);

    internal static Look Notebook { get; } = new(inline: true);

    /// <summary>The attribute, with a space in front.</summary>
    internal string As(string name) => _inline ? $" style=\"{s_inline[name]}\"" : $" class=\"{name}\"";
}
