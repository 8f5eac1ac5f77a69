using System.Text;
using MlOps.Tracking.Rest;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Rest;

/// <remarks>Names and meaning of the variables: MLflow's documentation of its client.</remarks>
public sealed class RestOptionsTests
{
    private static RestOptions Of(string address, string? token = null, params (string Name, string Value)[] environment) =>
        RestOptions.Of(address, new StoreOptions { Token = token }, name => environment.FirstOrDefault(pair => pair.Name == name).Value);

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    [Theory]
    [InlineData("http://localhost:5000", "http://localhost:5000/")]
    [InlineData("http://localhost:5000///", "http://localhost:5000/")]
    [InlineData("https://ml.example/team/flow", "https://ml.example/team/flow/")]
    [InlineData("https://asha:pw@ml.example/team/flow/", "https://ml.example/team/flow/")]
    public void Of_Address_BecomesTheBase(string address, string expected) => Assert.Equal(expected, Of(address).Base.AbsoluteUri);

    [Fact]
    public void Of_Passwords_AreTakenInOrder()
    {
        (string, string)[] all = [("MLFLOW_TRACKING_USERNAME", "u"), ("MLFLOW_TRACKING_PASSWORD", "p"), ("MLFLOW_TRACKING_TOKEN", "t")];
        Assert.Equal("Bearer given", Of("http://a:b@h", "given", all).Authorization);
        Assert.Equal(Basic("a@x:b:c"), Of("http://a%40x:b%3Ac@h", null, all).Authorization);
        Assert.Equal(Basic("u:p"), Of("http://h", null, all).Authorization);
        Assert.Equal("Bearer t", Of("http://h", null, all[2..]).Authorization);
        Assert.Equal("Bearer t", Of("http://h", null, all[0], all[2]).Authorization); // a user without a password is none
        Assert.Null(Of("http://h").Authorization);
    }

    [Fact]
    public void Of_Password_IsShownNowhere()
    {
        using var store = new RestStore(new RestConnection(Of("http://asha:s3cret@127.0.0.1:1/x")));
        Assert.Equal("http://127.0.0.1:1/x", store.Address);
        foreach (string address in new[] { "http://asha:s3cret@", "http://asha:s3cret@h/?q", "http://asha:s3cret@h:99999/" })
        {
            Assert.DoesNotContain("s3cret", Assert.Throws<ArgumentException>(() => Of(address)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_Variables_AreRead()
    {
        RestOptions options = Of("http://h", null, ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2"), ("MLFLOW_HTTP_REQUEST_TIMEOUT", "7"), ("MLFLOW_TRACKING_INSECURE_TLS", "true"));
        Assert.Equal((2, TimeSpan.FromSeconds(7), true), (options.Retries, options.Timeout, options.AnyCertificate));
        options = Of("http://h");
        Assert.Equal((5, TimeSpan.FromSeconds(120), false), (options.Retries, options.Timeout, options.AnyCertificate));
    }

    [Theory]
    [InlineData("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "-1")]
    [InlineData("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "many")]
    [InlineData("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "21")]
    [InlineData("MLFLOW_HTTP_REQUEST_TIMEOUT", "0")]
    [InlineData("MLFLOW_HTTP_REQUEST_TIMEOUT", "1.5")]
    public void Of_BadVariable_IsNamed(string name, string value)
    {
        var e = Assert.Throws<TrackingException>(() => Of("http://h", null, (name, value)));
        Assert.Equal(TrackingError.InvalidParameterValue, e.Error);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\r\nX-Evil: 1")]
    [InlineData("ünï")]
    public void Of_TokenThatNoHeaderHolds_IsRefusedWithoutShowingIt(string token) =>
        Assert.DoesNotContain(token, Assert.Throws<TrackingException>(() => Of("http://h", token)).Message, StringComparison.Ordinal);
}
