using System.Security.Cryptography;
using System.Text;
using ColdChain.Server.Audit;

namespace ColdChain.Server.Tests.Audit;

public sealed class AnchorKeyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("coldchain-bundle")]
    [InlineData("\nstore")]
    [InlineData("coldchain-anchor\nstore\n1")]
    [InlineData("coldchain-anchor2\nstore")]
    public void Text_ThatCouldBeAnAnchor_OrNamesNoPurpose_IsNotSigned(string text)
    {
        using var key = new AnchorKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));

        var signing = () => key.SignOther(text);

        signing.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Text_OfAnotherPurpose_IsSigned_WithTheKeyThatIsGivenWithIt()
    {
        using var key = new AnchorKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));

        var (signature, pem) = key.SignOther("coldchain-bundle\nabc");

        using var reader = ECDsa.Create();
        reader.ImportFromPem(pem);
        reader.VerifyData(Encoding.UTF8.GetBytes("coldchain-bundle\nabc"), Convert.FromBase64String(signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence).Should().BeTrue();
        pem.Should().EndWith("-----END PUBLIC KEY-----\n");
    }
}
