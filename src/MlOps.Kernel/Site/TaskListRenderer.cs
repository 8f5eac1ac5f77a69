using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace MlOps.Kernel.Site;

/// <summary>Writes the box of a task with a name that a screen reader can say.</summary>
internal sealed class TaskListRenderer : HtmlObjectRenderer<TaskList>
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, TaskList obj) =>
        renderer.Write(obj.Checked
            ? "<input type=\"checkbox\" disabled checked aria-label=\"done\">"
            : "<input type=\"checkbox\" disabled aria-label=\"to do\">");
}
