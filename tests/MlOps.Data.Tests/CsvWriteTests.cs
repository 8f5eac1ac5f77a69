using FsCheck;
using FsCheck.Fluent;

namespace MlOps.Data.Tests;

public class CsvWriteTests
{
    [Fact]
    public void WriteCsv_EveryType_HasTheDocumentedForm()
    {
        var table = new Table(
            Column.Of("d", 1, 0.1, double.NaN, -1.5e300),
            Column.Of("n", 1L, null, -3L, long.MaxValue),
            Column.Of("b", true, false, null, true),
            Column.Of("day", new DateTime(2024, 11, 1), null, new DateTime(2025, 10, 20), default(DateTime)),
            Column.Of("at", new DateTime(2024, 11, 1, 18, 30, 0, DateTimeKind.Utc), null, new DateTime(2024, 11, 1, 18, 30, 0, 250), default(DateTime)),
            Column.Of("a \"name\", odd", "plain", "", null, "a,\"b\"\nNA"));

        const string Expected =
            "d,n,b,day,at,\"a \"\"name\"\", odd\"\n" +
            "1.0,1,true,2024-11-01,2024-11-01T18:30:00Z,plain\n" +
            "0.1,,false,,,\"\"\n" +
            ",-3,,2025-10-20,2024-11-01T18:30:00.25,\n" +
            "-1.5E+300,9223372036854775807,true,0001-01-01,0001-01-01T00:00:00,\"a,\"\"b\"\"\nNA\"\n";
        Assert.Equal(Expected, CsvText.Write(table));
        CsvText.AssertEqual(table, CsvText.Read(Expected));
    }

    [Fact]
    public void WriteCsv_TextThatReadsAsMissing_IsQuoted()
    {
        Assert.Equal("t,u\n\"NA\",x\n\"null\",x\nNAN,x\n", CsvText.Write(new Table(Column.Of("t", "NA", "null", "NAN"), Column.Of("u", "x", "x", "x"))));
    }

    [Fact]
    public void WriteCsv_ReadBack_GivesTheSameTable()
    {
        Gen<string?> text = Gen.Elements('a', 'Z', '"', ',', '\n', '\r', ' ', '.', '5', 'é', 'ß', ';', '\'')
            .ArrayOf().Select(chars => (string?)new string(chars));
        Gen<string?> cell = Gen.OneOf(text, Gen.Constant((string?)null), Gen.Elements<string?>("", "NA", "NaN", "null", "true", "1.5"));
        Gen<(string? Text, double? Number, long? Whole, bool? Truth, DateTime? Time)> row =
            from t in cell
            from d in Gen.OneOf(ArbMap.Default.GeneratorFor<double>().Select(v => (double?)(double.IsNaN(v) ? null : v)), Gen.Constant((double?)null))
            from n in ArbMap.Default.GeneratorFor<long?>()
            from b in ArbMap.Default.GeneratorFor<bool?>()
            from day in Gen.Choose(0, 3_000_000)
            from tick in Gen.Choose(0, int.MaxValue)
            from kind in Gen.Choose(0, 3)
            select (t, d, n, b, kind == 0 ? (DateTime?)null : new DateTime((day * TimeSpan.TicksPerDay) + (kind == 1 ? 0 : tick), kind == 3 ? DateTimeKind.Utc : DateTimeKind.Unspecified));

        // Types are given: a text column whose values all look like numbers is read as numbers otherwise, as documented.
        var options = new CsvOptions
        {
            Types = new Dictionary<string, Type>
            {
                ["text"] = typeof(string), ["number"] = typeof(double), ["whole"] = typeof(long), ["truth"] = typeof(bool), ["time"] = typeof(DateTime),
            },
        };

        Prop.ForAll(row.ListOf().ToArbitrary(), rows =>
        {
            var table = new Table(
                Column.Of("text", [.. rows.Select(r => r.Text)]),
                Column.Of("number", [.. rows.Select(r => r.Number)]),
                Column.Of("whole", [.. rows.Select(r => r.Whole)]),
                Column.Of("truth", [.. rows.Select(r => r.Truth)]),
                Column.Of("time", [.. rows.Select(r => r.Time)]));
            CsvText.AssertEqual(table, CsvText.Read(CsvText.Write(table), options));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void WriteCsv_OneTextColumn_KeepsMissingApartFromEmpty()
    {
        var table = new Table(Column.Of("t", "x", null, "", "y", null));
        CsvText.AssertEqual(table, CsvText.Read(CsvText.Write(table)));
    }

    [Fact]
    public void WriteCsv_File_ReplacesTheOldOneAndLeavesNothingBeside()
    {
        string folder = Directory.CreateTempSubdirectory("csv-test-").FullName;
        try
        {
            string path = Path.Combine(folder, "t.csv");
            new Table(Column.Of("a", 1, 2, 3)).WriteCsv(path);
            new Table(Column.Of("a", 4)).WriteCsv(path);

            Assert.Equal("a\n4\n", File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal(4, Table.ReadCsv(path).Longs("a")[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void WriteCsv_FolderThatIsNotThere_IsNamed()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-folder-here", "t.csv");
        var error = Assert.Throws<DirectoryNotFoundException>(() => new Table(Column.Of("a", 1)).WriteCsv(path));
        Assert.Contains("no-such-folder-here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteCsv_NoColumns_Throws()
    {
        using var stream = new MemoryStream();
        Assert.Throws<InvalidOperationException>(() => new Table().WriteCsv(stream));
    }
}
