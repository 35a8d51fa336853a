package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import java.nio.BufferUnderflowException;

/// Examines the structure of a picture, without decoding it.
final class PictureStructure {
  private PictureStructure() {}

  /// Examines a file.
  ///
  /// @param file is overwritten
  /// @throws Picture.UnsuitableException if the picture is damaged or would cost too much
  static Picture examine(AllowedType type, byte[] file) throws Picture.UnsuitableException {
    try {
      return switch (type) {
        case JPEG -> JpegStructure.picture(file);
        case PNG -> PngStructure.picture(file);
        case GIF -> GifStructure.picture(file);
        case WEBP -> WebpStructure.picture(file);
        case PDF, DOC, DOCX, XLS, XLSX, PPT, PPTX, TEXT, CSV ->
            throw new Picture.UnsuitableException("no_picture");
      };
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new Picture.UnsuitableException("cut_off");
    }
  }
}
