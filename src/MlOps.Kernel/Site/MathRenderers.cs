using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace MlOps.Kernel.Site;

/// <summary>Writes <c>$…$</c> and <c>$$…$$</c> as elements that hold the formula as it was typed: KaTeX replaces it, and without JavaScript it can still be read.</summary>
internal sealed class InlineMathRenderer : HtmlObjectRenderer<MathInline>
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, MathInline obj)
    {
        string kind = obj.DelimiterCount == 2 ? "math math-display" : "math";
        renderer.Write($"<span class=\"{kind}\">").Write(HtmlText.Encode(obj.Content.ToString())).Write("</span>");
    }
}

/// <summary>The block form of <see cref="InlineMathRenderer"/>.</summary>
internal sealed class BlockMathRenderer : HtmlObjectRenderer<MathBlock>
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
        renderer.EnsureLine().Write("<div class=\"math math-display\">").Write(HtmlText.Encode(obj.Lines.ToString())).WriteLine("</div>");
}
