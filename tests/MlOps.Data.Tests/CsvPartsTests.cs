using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Data.Csv;

namespace MlOps.Data.Tests;

/// <summary>A file read part by part is the file read at once, and written part by part the file written at once.</summary>
public sealed class CsvPartsTests : IDisposable
{
    private static readonly string[] Values = ["", "1", "-7", "2.5", "true", "2024-01-01", "x", "NA", "\"\"", "\"NA\"", "\"a,b\"", "\"line\nbreak\"", "ü", "9223372036854775808"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csv-parts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ReadCsvInParts_AnySizeOfPartAndBlock_GivesTheRowsAndTypesOfTheWholeFile()
    {
        Gen<string> line = Gen.Elements(Values).ArrayOf(3).Select(fields => string.Join(',', fields));
        Prop.ForAll(line.ListOf().ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), Gen.Choose(2, 60).ToArbitrary(), (lines, rowsPerPart, blockSize) =>
        {
            string text = "a,b,c\n" + string.Concat(lines.Select(row => row + "\n"));
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            using CsvSource source = CsvSource.Open(stream);
            Table[] parts = [.. new CsvReader(source, new CsvOptions(), null, default) { BlockSize = blockSize }.ReadInParts(rowsPerPart)];

            CsvText.AssertEqual(CsvText.Read(text), Table.Concat(parts));
            Assert.All(parts[..^1], part => Assert.Equal(rowsPerPart, part.RowCount));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void ReadCsvInParts_GivenTypesAndColumns_ReadsThese()
    {
        string path = At("t.csv");
        File.WriteAllText(path, "id,n,s\n01,1,a\n02,2,b\n03,3,c\n");
        Table[] parts = [.. Table.ReadCsvInParts(path, 2, new CsvOptions { Columns = ["n", "id"], Types = new Dictionary<string, Type> { ["id"] = typeof(string), ["n"] = typeof(double) } })];

        Assert.Equal(["n", "id"], parts[0].Columns.Select(column => column.Name));
        Assert.Equal([1.0, 2], parts[0].Doubles("n").Values.ToArray());
        CsvText.AssertTexts(["03"], parts[1].Texts("id"));
    }

    [Fact]
    public void ReadCsvInParts_RowThatDoesNotFit_NamesFileAndLine()
    {
        string path = At("ragged.csv");
        File.WriteAllText(path, "a,b\n1,2\n3,4\n5\n");
        CsvException error = Assert.Throws<CsvException>(() => Table.ReadCsvInParts(path, 1).ToArray());
        Assert.Contains("ragged.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.ReadCsvInParts(path, 0));
        Assert.Throws<CsvException>(() => Table.ReadCsvInParts(At("nowhere.csv"), 1).ToArray());
    }

    [Fact]
    public void ReadCsvInParts_NoRows_GivesOnePartWithTheColumns()
    {
        string path = At("empty.csv");
        File.WriteAllText(path, "a,b\n");
        Table only = Assert.Single(Table.ReadCsvInParts(path, 5));
        Assert.Equal((0, 2), (only.RowCount, only.Columns.Count));
    }

    [Fact]
    public void CsvPartsWriter_Parts_AreTheFileOfTheWholeTable()
    {
        var table = new Table(Column.Of("a", 1.0, 2, 3, double.NaN), Column.Of("b", "x", null, "", "y,z"));
        table.WriteCsv(At("whole.csv"));
        using (var file = new CsvPartsWriter(At("parts.csv")))
        {
            file.Write(table.Rows(..1));
            file.Write(table.Rows(1..1));
            file.Write(table.Rows(1..));
            file.Complete();
        }

        Assert.Equal(File.ReadAllBytes(At("whole.csv")), File.ReadAllBytes(At("parts.csv")));
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public void CsvPartsWriter_NotCompleted_LeavesTheOldFileAndNothingBeside()
    {
        File.WriteAllText(At("t.csv"), "old");
        using (var file = new CsvPartsWriter(At("t.csv")))
        {
            file.Write(new Table(Column.Of("a", 1)));
        }

        Assert.Equal("old", File.ReadAllText(At("t.csv")));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void CsvPartsWriter_OtherColumnsOrNoPart_IsRefused()
    {
        using var file = new CsvPartsWriter(At("t.csv"));
        Assert.Throws<InvalidOperationException>(file.Complete);
        file.Write(new Table(Column.Of("a", 1)));
        Assert.Contains("has b", Assert.Throws<ArgumentException>(() => file.Write(new Table(Column.Of("b", 1)))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CsvPartsWriter(_folder.FullName));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
