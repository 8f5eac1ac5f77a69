using System.Text;
using System.Text.Json;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Tests.Calling;

/// <summary>Our small reader and writer of JSON against System.Text.Json.</summary>
public sealed class JsonTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Fact]
    public void Output_AnyValue_ReadTheSameBySystemTextJson()
    {
        var random = new Random(2);
        double[] numbers = [0, -0.0, 1e300, 5e-324, .. Enumerable.Range(0, 1000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(double.IsFinite)];
        const string text = "quote \" back \\ \0 \u001f \u007f \u2028 é 漢 🎓 </script>";
        var json = new JsonOutput(12, 1 << 20);
        json.StartObject();
        json.Name(text);
        json.Value(text);
        json.Name("numbers");
        json.StartArray();
        Array.ForEach(numbers, json.Value);
        json.EndArray();
        json.Name("rest");
        json.StartArray();
        json.Null();
        json.Value(true);
        json.Value(long.MinValue);
        json.Value(ulong.MaxValue);
        json.Value(1.10m);
        json.StartObject();
        json.EndObject();
        json.StartArray();
        json.EndArray();
        json.EndArray();
        json.EndObject();

        using JsonDocument read = JsonDocument.Parse(json.Content.ToArray());

        Assert.Equal(text, read.RootElement.GetProperty(text).GetString());
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), read.RootElement.GetProperty("numbers").EnumerateArray().Select(number => BitConverter.DoubleToInt64Bits(number.GetDouble())));
        Assert.Equal("[null,true,-9223372036854775808,18446744073709551615,1.10,{},[]]", read.RootElement.GetProperty("rest").GetRawText());
    }

    [Fact]
    public void Input_WhatSystemTextJsonWrites_ReadTheSame()
    {
        const string text = "quote \" back \\ \0 \n é 漢 🎓 / <b>";
        var json = new JsonInput(JsonSerializer.SerializeToUtf8Bytes(new object?[] { text, 1.5, -7L, true, null, new { inner = new[] { 1, 2 } }, "last" }, s_indented));

        Assert.Equal(JsonToken.StartArray, json.Next().Token);
        Assert.Equal(text, json.Next().GetString());
        Assert.Equal(1.5, json.Next().GetDouble());
        Assert.Equal(-7, json.Next().GetInt64());
        Assert.True(json.Next().GetBoolean());
        Assert.Equal(JsonToken.Null, json.Next().Token);
        json.Next().Skip();
        Assert.Equal(JsonToken.EndObject, json.Token);
        Assert.Equal("last", json.Next().GetString());
        Assert.Equal(JsonToken.EndArray, json.Next().Token);
        Assert.False(json.Read());
    }

    [Theory]
    [InlineData("[1, 2")]
    [InlineData("]")]
    [InlineData("\"no end")]
    [InlineData("\"\\")]
    [InlineData("[tru]")]
    [InlineData("nul")]
    [InlineData("[-]")]
    [InlineData("[1e]")]
    [InlineData("[NaN]")]
    [InlineData("[\"\\u12\"]")]
    public void Input_NoJson_FormatException(string text) => Assert.Throws<FormatException>(() => ReadAll(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Input_NestedWithoutEnd_FormatException() => Assert.Throws<FormatException>(() => ReadAll(Encoding.UTF8.GetBytes(new string('[', 1_000_000))));

    [Fact]
    public void Input_RandomBytes_NothingElseThanFormatOrOverflow()
    {
        var random = new Random(3);
        byte[] alphabet = "[]{}\",:\\0123456789.eE+-truefalsn \u00e9"u8.ToArray();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => alphabet[random.Next(alphabet.Length)])];
            Exception? e = Record.Exception(() => ReadAll(bytes));
            Assert.True(e is null or FormatException or OverflowException, $"{Encoding.UTF8.GetString(bytes)}: {e}");
        }
    }

    [Fact]
    public void Output_BeyondItsLimit_TooMuchData()
    {
        var json = new JsonOutput(12, 1000);

        Assert.Throws<TooMuchDataException>(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                json.Value(1.0);
            }
        });
    }

    private static void ReadAll(byte[] bytes)
    {
        var json = new JsonInput(bytes);
        while (json.Read())
        {
            if (json.Token == JsonToken.Number)
            {
                json.GetDouble();
            }
            else if (json.Token == JsonToken.String)
            {
                json.GetString();
            }
        }
    }
}
