using System.Text.Json.Nodes;
using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

public sealed class PlotlyTitleTests
{
    [Theory]
    [InlineData("PSI &gt; 0.1", "PSI &gt; 0.1")] // as MlOps.Charts writes it, since Plotly reads entities
    [InlineData("PSI > 0.1 & more", "PSI &gt; 0.1 &amp; more")]
    [InlineData("x<sub>1</sub> <script>", "x<sub>1</sub> &lt;script&gt;")]
    [InlineData("&lt;b&gt;", "&lt;b&gt;")]
    [InlineData("two<br>lines", "two lines")]
    public void Read_TextWithMarkupOrEntities_GivesSafeHtml(string text, string html) =>
        Assert.Equal(html, PlotlyTitle.Read(new JsonObject { ["layout"] = new JsonObject { ["title"] = new JsonObject { ["text"] = text } } }).Title);
}
