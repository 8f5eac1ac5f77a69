using System.Collections.ObjectModel;
using MlOps.Charts.Plotly;
using MlOps.Charts.Svg;
using MlOps.Charts.Text;

namespace MlOps.Charts;

public sealed partial record Figure
{
    /// <summary>The figure in every form a notebook can show: interactive, as a picture, and as text.</summary>
    /// <returns>MIME type to content: <c>application/vnd.plotly.v1+json</c>, <c>image/svg+xml</c> and <c>text/plain</c>.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new ReadOnlyDictionary<string, string>(new Dictionary<string, string>
    {
        ["application/vnd.plotly.v1+json"] = ToPlotlyJson(),
        ["image/svg+xml"] = ToSvg(),
        ["text/plain"] = ToString(),
    });

    /// <summary>The figure for plotly.js 2.34 and later: <c>{"data": […], "layout": {…}, "config": {…}}</c>.</summary>
    /// <remarks>
    /// Numbers have seven significant digits, so a stored notebook does not change by the last bit between machines.
    /// Backgrounds are transparent and texts mid-grey (4.1:1 on white and on #1e1e1e); a page that knows its theme sets
    /// <c>layout.font.color</c> alone and every text follows.
    /// </remarks>
    public string ToPlotlyJson() => PlotlyFigure.Write(this);

    /// <summary>The same figure as a picture, drawn without a browser: light background, no script, no outside font.</summary>
    public string ToSvg() => SvgFigure.Draw(this);

    /// <summary>The text alternative: what the figure says to someone who cannot see it.</summary>
    public override string ToString() => TextAlternative.Write(this);
}
