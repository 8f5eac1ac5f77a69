namespace MlOps.Drift.Dashboards;

/// <summary>The frame of a dashboard: one file with its style in it.</summary>
internal static class PageFrame
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1b1b; --soft: #595959; --page: #fff; --card: #f4f5f7; --line: #d5d8dd; --alarm: #b23c00; --warn: #8a5a00; --calm: #00664b }
        @media (prefers-color-scheme: dark) { :root { --ink: #ececec; --soft: #b3b3b3; --page: #16181b; --card: #22252a; --line: #3a3f46; --alarm: #ff9a66; --warn: #f0c26a; --calm: #6fd0ae } }
        * { box-sizing: border-box }
        body { margin: 0 auto; padding: 1rem; max-width: 60rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page) }
        h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem } h3 { font-size: 1rem; margin: 0 }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline }
        .state { margin: 0; padding: .1rem .6rem; border: 2px solid currentColor; border-radius: .5rem; font-weight: 600 }
        .critical { color: var(--alarm) } .warning { color: var(--warn) } .quiet, .info { color: var(--calm) }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem; margin: 1rem 0 }
        .tiles div { background: var(--card); border-radius: .5rem; padding: .5rem .75rem }
        .tiles dt { color: var(--soft); font-size: .85rem } .tiles dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums }
        article { border-left: 4px solid currentColor; background: var(--card); padding: .6rem 1rem; margin: .5rem 0; border-radius: 0 .5rem .5rem 0 }
        article ul, article p { color: var(--ink) } article p { margin: 0 }
        figure { margin: 0 0 1rem; overflow-x: auto } figure svg { width: 100%; min-width: 32rem; height: auto; max-width: 48rem; background: #fff; border-radius: .5rem }
        summary { cursor: pointer; color: var(--soft) }
        .wide { overflow-x: auto }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem }
        th, td { min-width: 6rem; text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
        footer { color: var(--soft); font-size: .85rem; margin-top: 2rem }
        @media print { details { display: none } }
        """;

    internal static string Write(string title, string body, string script) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{MonitorPage.Encode(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main id="page">
        {body}
        </main>
        <footer>Times are UTC.{(script.Length > 0 ? " <span id=\"fresh\">The page follows the monitor.</span>" : "")}</footer>
        {script}
        </body>
        </html>
        """;
}
