using ColdChain.Core.Isbt;

namespace ColdChain.Core.Tests.Isbt;

public class ProductCodeTests
{
    [Theory]
    [InlineData("=<E0398V00", "E0398V00", "E0398", 'V', "00")]
    [InlineData("]C0=<E3046VA0", "E3046VA0", "E3046", 'V', "A0")]
    [InlineData("=<E0398VAa", "E0398VAa", "E0398", 'V', "Aa")]
    [InlineData(" E0398V00 ", "E0398V00", "E0398", 'V', "00")]
    [InlineData("E0398", "E0398", "E0398", null, null)]
    [InlineData("RBC", "RBC", null, null, null)]
    [InlineData("FFP_A", "FFP_A", null, null, null)]
    public void TryParse_Good_TakesTheCodeApart(string text, string value, string? description, char? donationType, string? division)
    {
        ProductCode.TryParse(text, out var code, out var error).Should().BeTrue(error);
        (code.Value, code.Description, code.DonationType, code.Division).Should().Be((value, description, donationType, division));
    }

    [Theory]
    [InlineData("", "has 0 characters", "scan or type")]
    [InlineData("=<E0398", "is no ISBT 128 product code", "scan the product code again")]
    [InlineData("=<RBC", "is no ISBT 128 product code", "scan the product code again")]
    [InlineData("=W00002612345600", "is another barcode of the label", "which begins with =<")]
    [InlineData("]C1E0398", "from a GS1 barcode", "scan the ISBT 128 barcode")]
    [InlineData("red cells", "neither an ISBT 128 code such as E0398V00 nor a plain one", "type it as on the label")]
    [InlineData("RBC\u00e9", "neither an ISBT 128 code", "type it as on the label")]
    public void TryParse_Bad_NamesReasonAndCure(string text, string reason, string cure)
    {
        ProductCode.TryParse(text, out var code, out var error).Should().BeFalse();
        code.Should().Be(default(ProductCode));
        error.Should().Contain(reason).And.Contain(cure);
    }
}
