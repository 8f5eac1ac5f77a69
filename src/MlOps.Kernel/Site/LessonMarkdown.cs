using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Syntax;

namespace MlOps.Kernel.Site;

/// <summary>The Markdown of the course: CommonMark with pipe tables, task lists, footnotes, alerts, <c>~~strike~~</c>, bare links, mathematics and raw HTML.</summary>
internal static class LessonMarkdown
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseTaskLists()
        .UseFootnotes()
        .UseAlertBlocks()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks()
        .UseMathematics()
        .Build();

    internal static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, s_pipeline);

    /// <summary>Renders a document, or some of its blocks.</summary>
    /// <param name="blocks">What <see cref="Parse"/> returned, or a part of it.</param>
    /// <param name="scope">A name unique in the page, which keeps the footnotes of this document apart from those of others.</param>
    internal static string ToHtml(IEnumerable<Block> blocks, string scope)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        s_pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineMathRenderer());
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new BlockMathRenderer());
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new ScrollingTableRenderer());
        renderer.ObjectRenderers.Replace<HtmlTaskListRenderer>(new TaskListRenderer());
        foreach (Block block in blocks)
        {
            renderer.Write(block);
        }

        return writer.ToString()
            .Replace("=\"fn:", $"=\"{scope}-fn:", StringComparison.Ordinal)
            .Replace("=\"fnref:", $"=\"{scope}-fnref:", StringComparison.Ordinal)
            .Replace("=\"#fn:", $"=\"#{scope}-fn:", StringComparison.Ordinal)
            .Replace("=\"#fnref:", $"=\"#{scope}-fnref:", StringComparison.Ordinal);
    }
}
