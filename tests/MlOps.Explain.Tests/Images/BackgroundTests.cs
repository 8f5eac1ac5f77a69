using MlOps.Data.Generators;
using MlOps.Explain.Images;
using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Tests.Images;

/// <summary>Oracle: the painter of the pictures, which knows where the leaf is. Two networks of the same plan, one trained where every sick leaf lies on red soil.</summary>
public sealed class BackgroundTests
{
    private const double ChanceOfALeaf = 0.26; // share of leaf pixels

    private static readonly TensorShape s_picture = TensorShape.Image(3, 32, 32);
    private static readonly Lazy<Network> s_confounded = new(() => Trained(confounding: 1));
    private static readonly Lazy<Network> s_mixed = new(() => Trained(confounding: 0));

    [Fact]
    public void GradCam_NetworkThatLearnedTheSoil_LooksBesideTheLeaf()
    {
        LeafImageSet test = HealthyAndRust(100, seed: 99, confounding: 0);
        (double confoundedShare, double confoundedPoints) = Looks(GradCam.OfEach(s_confounded.Value, Pixels(test)), test);
        (double mixedShare, double mixedPoints) = Looks(GradCam.OfEach(s_mixed.Value, Pixels(test)), test);
        Assert.InRange(confoundedShare, 0, ChanceOfALeaf - 0.06);
        Assert.InRange(mixedShare, ChanceOfALeaf + 0.25, 1);
        Assert.True(confoundedPoints < 0.2 && mixedPoints > 0.9, $"{confoundedPoints} and {mixedPoints}");
    }

    [Fact]
    public void Classify_TestPicturesFromTheSameFarms_DoNotShowIt()
    {
        Assert.InRange(Accuracy(s_confounded.Value, HealthyAndRust(200, seed: 22, confounding: 1)), 0.97, 1);
        Assert.InRange(Accuracy(s_confounded.Value, HealthyAndRust(200, seed: 99, confounding: 0)), 0.35, 0.65);
        Assert.InRange(Accuracy(s_mixed.Value, HealthyAndRust(200, seed: 99, confounding: 0)), 0.85, 1);
    }

    [Fact]
    public void OtherMethods_SameTwoNetworks_Agree()
    {
        LeafImageSet test = HealthyAndRust(12, seed: 99, confounding: 0);
        Tensor pixels = Pixels(test);
        double Share(Network network, Func<Network, Tensor, AttributionMap> method) =>
            Looks([.. Enumerable.Range(0, pixels.Count).Select(i => method(network, pixels.Take([i])))], test).Share;
        foreach (Func<Network, Tensor, AttributionMap> method in new Func<Network, Tensor, AttributionMap>[]
        {
            (network, image) => IntegratedGradients.Of(network, image, baseline: PixelFill.MeanColour, steps: 20),
            (network, image) => Occlusion.Of(ImageModel.Of(network), image),
            (network, image) => LimeImage.Of(ImageModel.Of(network), image, samples: 150).Map,
        })
        {
            double confounded = Share(s_confounded.Value, method);
            double mixed = Share(s_mixed.Value, method);
            Assert.True(mixed > confounded + 0.1, $"{mixed} and {confounded}");
        }
    }

    private static (double Share, double Points) Looks(IReadOnlyList<AttributionMap> maps, LeafImageSet set) =>
        (maps.Select((map, i) => map.ShareInside(set.Mask(i)) ?? 0).Average(), maps.Select((map, i) => map.PointsInside(set.Mask(i)) == true ? 1.0 : 0).Average());

    private static Network Trained(double confounding)
    {
        LeafImageSet set = HealthyAndRust(600, seed: 21, confounding);
        Network network = new NetworkBuilder(s_picture)
            .Conv2D(8, 3, padding: 1).BatchNorm().ReLU().MaxPool(2)
            .Conv2D(16, 3, padding: 1).BatchNorm().ReLU()
            .Conv2D(24, 3, padding: 1).BatchNorm().ReLU()
            .GlobalAveragePool().Dense(4).Build(seed: 7);
        var options = new TrainingOptions { Epochs = 10, BatchSize = 32, Seed = 7, Schedule = new CosineDecay() };
        return new Trainer(new CrossEntropy(), new Adam(0.005), options).Fit(network, new TrainingData(Pixels(set), new Labels([.. set.Images.Labels], set.Images.ClassNames))).Network;
    }

    private static LeafImageSet HealthyAndRust(int count, int seed, double confounding)
    {
        LeafImageSet all = LeafImages.Generate(count, seed, new LeafImagesOptions { Confounding = confounding });
        return all.Take([.. Enumerable.Range(0, count).Where(i => all.Images.Labels[i] < 2)]);
    }

    private static Tensor Pixels(LeafImageSet set) => Tensor.FromBytes(s_picture, set.Images.Pixels);

    private static double Accuracy(Network network, LeafImageSet set) => network.Classify(Pixels(set)).Zip(set.Images.Labels.ToArray(), (a, b) => a == b ? 1.0 : 0).Average();
}
