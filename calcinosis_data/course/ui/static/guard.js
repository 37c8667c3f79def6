// Key guard
function guard(root) {
  return root;
}
