using MlOps.Kernel.Display;

namespace MlOps.Kernel.Packages;

/// <summary>The one line below a cell that tells how its packages get on, and in the end which ones they are.</summary>
/// <remarks>The last state tells no times, so that a notebook run twice stores the same bytes.</remarks>
internal sealed class RestoreLine(IReadOnlyList<PackageRequest> asked)
{
    private readonly string _names = string.Join(", ", asked);
    private DisplayedValue? _display;
    private string _shown = "";

    internal void Working(TimeSpan spent)
    {
        int seconds = (int)spent.TotalSeconds;
        Show(seconds < 1 ? $"Restoring {_names} …" : FormattableString.Invariant($"Restoring {_names} … {seconds} s"));
    }

    internal void Done(IEnumerable<ResolvedPackage> packages, IEnumerable<string> notes) =>
        Show(string.Join('\n', notes.Prepend("Packages: " + string.Join(", ", packages.Select(package => $"{package.Id} {package.Version}")))));

    /// <summary>Only a line that was shown is taken back; the error says the rest.</summary>
    internal void Failed()
    {
        if (_display is not null)
        {
            Show($"Not restored: {_names}");
        }
    }

    private void Show(string text)
    {
        if (text == _shown)
        {
            return;
        }

        _shown = text;
        IReadOnlyDictionary<string, string> bundle = MimeBundles.Of(text);
        if (_display is null)
        {
            _display = DisplayedValue.Show(bundle);
        }
        else
        {
            _display.Replace(bundle);
        }
    }
}
