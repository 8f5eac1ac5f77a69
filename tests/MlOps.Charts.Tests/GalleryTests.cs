namespace MlOps.Charts.Tests;

public sealed class GalleryTests
{
    /// <summary>Set this variable to a folder and run the test to look at every kind of chart; put plotly.min.js beside the page.</summary>
    private const string FolderVariable = "MLOPS_CHART_GALLERY";

    [Fact]
    public void Write_AllKinds_MakesOnePageThatHoldsEveryFigure()
    {
        string? wanted = Environment.GetEnvironmentVariable(FolderVariable);
        string folder = wanted ?? Directory.CreateTempSubdirectory("gallery").FullName;
        try
        {
            string html = File.ReadAllText(GalleryPage.Write(folder));

            Assert.All(Gallery.Figures.Keys, name => Assert.Contains($"figures['{name}']={{", html, StringComparison.Ordinal));
            Assert.Equal(Gallery.Figures.Count, Directory.GetFiles(folder, "*.svg").Length);
        }
        finally
        {
            if (wanted is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
