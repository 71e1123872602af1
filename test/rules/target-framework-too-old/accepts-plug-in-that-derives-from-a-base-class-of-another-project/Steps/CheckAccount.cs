public class CheckAccount : AccountStep<int>
{
}
