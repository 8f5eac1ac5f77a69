using MlOps.Data.Generators;
using MlOps.Data.Images;

namespace MlOps.Data.Tests;

/// <summary>What the card promises is in the pictures.</summary>
public class LeafImagesTests
{
    private static readonly LeafImageSet s_all = LeafImages.Generate();

    [Fact]
    public void Generate_MorePicturesOrOtherThreads_LeavesTheFirstOnesAlone()
    {
        LeafImageSet few = LeafImages.Generate(37);
        Assert.True(few.Images.Pixels.SequenceEqual(s_all.Images.Pixels[..few.Images.Pixels.Length]));
        Assert.True(few.Masks.AsSpan().SequenceEqual(s_all.Masks.AsSpan(0, few.Masks.Length)));
        CsvText.AssertEqual(few.Facts, s_all.Facts.Head(37));
        Assert.False(LeafImages.Generate(37, seed: 1).Images.Pixels.SequenceEqual(few.Images.Pixels));
    }

    [Fact]
    public void Generate_Conditions_ComeEquallyOftenInEveryBlockOfFour()
    {
        for (int block = 0; block < s_all.Images.Count / 4; block++)
        {
            Assert.Equal([0, 1, 2, 3], s_all.Images.Labels.Slice(4 * block, 4).ToArray().Order());
        }

        Assert.Equal(LeafImages.Conditions, s_all.Images.ClassNames);
        Assert.Equal(s_all.Images.Labels.ToArray().Select(k => LeafImages.Conditions[k]), s_all.Facts.Texts("condition"));
    }

    [Fact]
    public void Generate_Masks_ShowLesionsOnSickLeavesOnly()
    {
        double[] severity = s_all.Facts.Numbers("severity");
        double[] affected = s_all.Facts.Numbers("affected_share");
        for (int i = 0; i < s_all.Images.Count; i++)
        {
            int lesion = s_all.Mask(i).Count((byte)2);
            int leaf = lesion + s_all.Mask(i).Count((byte)1);
            Assert.InRange(leaf, 60, 32 * 32 / 2);
            Assert.Equal((double)lesion / leaf, affected[i], 5.01e-5); // four decimals
            bool sick = s_all.Images.Labels[i] != 0;
            Assert.Equal(sick, lesion > 0);
            Assert.InRange(severity[i], sick ? 0.1 : 0, sick ? 1 : 0);
        }
    }

    [Fact]
    public void Generate_Lesions_HaveTheColourOfTheirDisease()
    {
        // Rust is redder than green; mildew is bluer than the healthy leaf around it; blight is darker.
        Assert.True(Mean(1, 0, 2) > Mean(1, 1, 2), "rust");
        Assert.True(Mean(2, 1, 2) < 0.8 * Mean(2, 1, 1), "leaf blight");
        Assert.True(Mean(3, 2, 2) > 1.5 * Mean(3, 2, 1), "powdery mildew");

        static double Mean(int condition, int channel, byte part)
        {
            (double sum, int count) = (0, 0);
            for (int i = 0; i < s_all.Images.Count; i++)
            {
                for (int p = 0; s_all.Images.Labels[i] == condition && p < 1024; p++)
                {
                    if (s_all.Mask(i)[p] == part)
                    {
                        sum += s_all.Images.Image(i)[(channel * 1024) + p];
                        count++;
                    }
                }
            }

            return sum / count;
        }
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.6, 0.8)]
    [InlineData(1, 1)]
    public void Generate_Confounding_SetsHowOftenAConditionIsAtHome(double confounding, double expected)
    {
        Table facts = LeafImages.Generate(1200, 5, new LeafImagesOptions { Confounding = confounding, Size = 16 }).Facts;
        double home = facts.Texts("condition").Zip(facts.Texts("region")).Average(pair => (pair.First is "rust" or "leaf blight") == (pair.Second == "hills") ? 1.0 : 0.0);
        Assert.Equal(expected, home, expected == 1 ? 0 : 4 * Math.Sqrt(0.25 / 1200)); // four standard errors
    }

    [Fact]
    public void Generate_Regions_DifferInTheGround()
    {
        double[] red = new double[2];
        int[] count = new int[2];
        for (int i = 0; i < s_all.Images.Count; i++)
        {
            int region = s_all.Facts.Texts("region")[i] == "hills" ? 1 : 0;
            red[region] += s_all.Images.Image(i)[0]; // the corner
            count[region]++;
        }

        Assert.True(red[1] / count[1] > 1.5 * red[0] / count[0]);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(96)]
    public void Generate_OtherSize_IsTheSameScene(int size)
    {
        LeafImageSet other = LeafImages.Generate(40, options: new LeafImagesOptions { Size = size });
        Assert.Equal((3, size, size), (other.Images.Channels, other.Images.Height, other.Images.Width));
        CsvText.AssertEqual(other.Facts.Drop("affected_share"), s_all.Facts.Head(40).Drop("affected_share"));
    }

    [Fact]
    public void Read_CommittedFiles_AreWhatTheGeneratorMakes()
    {
        LeafImageSet read = LeafImages.Read(DataSets.PathOf("leaf-images", Repository.Root));
        Assert.True(read.Images.Pixels.SequenceEqual(s_all.Images.Pixels));
        Assert.True(read.Images.Labels.SequenceEqual(s_all.Images.Labels));
        Assert.Equal(s_all.Masks, read.Masks);
        CsvText.AssertEqual(s_all.Facts, read.Facts);
    }

    [Fact]
    public void Split_Leaves_KeepsPicturesFactsAndMasksTogether()
    {
        (LeafImageSet train, LeafImageSet test) = s_all.Split(0.75, 3);
        ImageSplit images = s_all.Images.Split(0.75, 3);
        Assert.True(images.Train.Pixels.SequenceEqual(train.Images.Pixels));
        Assert.True(images.Test.Pixels.SequenceEqual(test.Images.Pixels));
        Assert.Equal((480, 160), (train.Images.Count, test.Images.Count));
        Assert.Equal(Enumerable.Repeat(40, 4), test.Images.Labels.ToArray().GroupBy(k => k).Select(g => g.Count()));
        int place = Array.IndexOf(s_all.Facts.Texts("image_id"), test.Facts.Texts("image_id")[7]);
        Assert.True(test.Mask(7).SequenceEqual(s_all.Mask(place)));
        Assert.True(test.Images.Image(7).SequenceEqual(s_all.Images.Image(place)));
    }

    [Fact]
    public void Generate_WrongArguments_AreNamed()
    {
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => LeafImages.Generate(0)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeafImagesOptions { Size = 15 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeafImagesOptions { Confounding = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeafImagesOptions { MildestSeverity = double.NaN });
    }
}
