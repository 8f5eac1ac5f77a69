using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace MlOps.Kernel.Site;

/// <summary>Puts a table in a box of its own, so that a wide one scrolls and the page does not.</summary>
internal sealed class ScrollingTableRenderer : HtmlTableRenderer
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine().WriteLine("<div class=\"scroll\">");
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }
}
